// The people of the trial organisation, and what they do first.
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';

import { expect, type BrowserContext, type Page } from '@playwright/test';

const EMAILS = {
  researcher: 'researcher@example.org',
  analyst: 'analyst@example.org',
  reviewer: 'reviewer@example.org',
  secondReviewer: 'second-reviewer@example.org',
  manager: 'manager@example.org',
} as const;

export type Role = keyof typeof EMAILS;

/** The cookies of members who signed in already: each worker signs each of them in once (tries are counted). */
const sessions = new Map<Role, Awaited<ReturnType<BrowserContext['cookies']>>>();

/** A trial member; the server said the password when it started. */
export function member(role: Role): { email: string; password: string } {
  const members = JSON.parse(process.env.TREATYWATCH_MEMBERS ?? '{}') as Record<string, string>;
  const email = EMAILS[role];
  const password = members[email];
  if (!password) throw new Error(`the server announced no password for ${email}`);
  return { email, password };
}

/** Signs in by the form, wherever it stands. */
export async function fillSignIn(page: Page, role: Role): Promise<void> {
  const { email, password } = member(role);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Opens the desk as this member. */
export async function enterDesk(page: Page, role: Role): Promise<void> {
  const known = sessions.get(role);
  if (known) await page.context().addCookies(known);
  await page.goto('/desk');
  if (new URL(page.url()).pathname !== '/desk') {
    await fillSignIn(page, role);
    await expect(page).toHaveURL('/desk');
    sessions.set(role, await page.context().cookies());
  }
}

/** A new case; its address. */
export async function newCase(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'New case' }).click();
  await expect(page).toHaveURL(/\/desk\/cases\/[^/]+$/);
  return new URL(page.url()).pathname;
}

/** Fills fields by the names they are posted under. Lists are chosen from, boxes ticked. */
export async function fillCase(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) {
    const control = page.locator(`form.case [name="${name}"]:not([type=hidden])`);
    const kind = await control.first().evaluate((element) => `${element.tagName} ${element.getAttribute('type')}`);
    if (kind.startsWith('SELECT')) await control.selectOption(value);
    else if (kind.endsWith('checkbox')) await page.locator(`form.case [name="${name}"][value="${value}"]`).check();
    else await control.fill(value);
  }
}

/** Presses the form's button that sends this. */
export async function press(page: Page, what: 'save' | 'submit'): Promise<void> {
  await page.locator(`form.case .buttons button[name=do][value=${what}]`).click();
}

/** Waits until the island runs. */
export async function awake(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-islands', 'awake');
}

/** Waits until autosave says this. */
export async function status(page: Page, state: string): Promise<void> {
  await expect(page.locator('.autosave-status')).toHaveAttribute('data-state', state);
}

/** What an operator does on the command line, beside the running server. */
export function operate(args: string[], input = ''): void {
  const program = process.env.TREATYWATCH_PROGRAM ?? '../target/debug/treatywatch';
  execFileSync(program, [...args, '--data', process.env.TREATYWATCH_DATA ?? ''], { input });
}

/** What an authenticator app shows (RFC 6238: SHA-1, six digits, half a minute). */
export function codeOf(secret: string, later = 0): string {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'));
  const key = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const mac = createHmac('sha1', key).update(counter).digest();
  const at = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
