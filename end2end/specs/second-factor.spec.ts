// A reviewer joins, sets up an authenticator before anything else opens, and signs in with its codes.
import type { Page } from '@playwright/test';

import { codeOf, enterDesk } from '../desk.ts';
import { look } from '../look.ts';
import { expect, test } from '../test.ts';

const PASSWORD = 'an exercise lamp of violet 27';

async function typePassword(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('a reviewer sets up an authenticator and signs in with its codes', async ({ browser, baseURL }, testInfo) => {
  test.setTimeout(120_000);
  const scripts = testInfo.project.use.javaScriptEnabled !== false;
  const email = `${scripts ? 'scripted' : 'plain'}-reviewer@exercise.example`;
  const open = async () => (await browser.newContext({ baseURL, javaScriptEnabled: scripts })).newPage();

  const manager = await open();
  await enterDesk(manager, 'manager');
  await manager.getByRole('link', { name: 'Members' }).click();
  await manager.getByLabel('E-mail address').fill(email);
  await manager.getByRole('radio', { name: 'reviewer' }).check();
  await manager.getByRole('button', { name: 'Make the link' }).click();
  const link = (await manager.locator('.made code').textContent()) ?? '';

  const reviewer = await open();
  await reviewer.goto(link);
  await reviewer.getByLabel('New password').fill(PASSWORD);
  await reviewer.getByRole('button', { name: 'Keep this password' }).click();
  await typePassword(reviewer, email);
  await expect(reviewer).toHaveURL('/desk/account/second-factor');
  await look(reviewer, scripts);
  await reviewer.goto('/desk');
  await expect(reviewer).toHaveURL('/desk/account/second-factor');
  await reviewer.getByRole('button', { name: 'Set up an authenticator' }).click();
  await expect(reviewer.getByRole('img', { name: 'QR code' })).toBeVisible();
  await look(reviewer, scripts);
  const secret = ((await reviewer.locator('main code').first().textContent()) ?? '').replaceAll(' ', '');

  await reviewer.getByLabel('Code of the app').fill('12');
  await reviewer.getByRole('button', { name: 'Confirm' }).click();
  await expect(reviewer.getByRole('alert')).toContainText('This code does not fit');
  await look(reviewer, scripts);
  await reviewer.getByLabel('Code of the app').fill(codeOf(secret));
  await reviewer.getByRole('button', { name: 'Confirm' }).click();
  await look(reviewer, scripts);
  const codes = await reviewer.locator('.codes code').allTextContents();
  expect(codes).toHaveLength(10);
  await reviewer.getByRole('link', { name: 'I have kept them' }).click();
  await expect(reviewer).toHaveURL('/desk');

  const again = await open();
  await typePassword(again, email);
  await look(again, scripts);
  await again.getByLabel('Code of your app, or a recovery code').fill(codeOf(secret, 1));
  await again.getByRole('button', { name: 'Sign in' }).click();
  await expect(again.getByText(`${email} · reviewer`)).toBeVisible();

  const lost = await open();
  await typePassword(lost, email);
  await lost.getByLabel('Code of your app, or a recovery code').fill(codes[0] ?? '');
  await lost.getByRole('button', { name: 'Sign in' }).click();
  await lost.goto('/desk/account/second-factor');
  await expect(lost.getByText('9 recovery codes are left.')).toBeVisible();
  await look(lost, scripts);
});
