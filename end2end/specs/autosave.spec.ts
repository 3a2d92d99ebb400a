// The island around the case's form: saves while somebody types, says so, and loses nothing when the line drops, when
// the session ends, or when two write the same field.
import type { Page } from '@playwright/test';

import { member } from '../desk.ts';
import { expect, kept, test } from '../test.ts';

test.beforeEach(({ javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'the island needs JavaScript; the form without it is told in thread.spec.ts');
});

async function newCase(page: Page): Promise<string> {
  const { email, password } = member('researcher');
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'New case' }).click();
  await page.locator('html[data-islands=awake]').waitFor();
  return page.url();
}

const status = (page: Page) => page.locator('.autosave-status');

test('what is typed is saved, and the page says when', async ({ page, context, traces }) => {
  const address = await newCase(page);
  await page.locator('#f-title').fill('Fictional case that saves itself');
  await page.locator('#f-kind').selectOption('throttling');
  await expect(status(page)).toContainText(/Saved at \d\d:\d\d/);
  await expect(async () => {
    const other = await context.newPage();
    await other.goto(address);
    await expect(other.locator('#f-title')).toHaveValue('Fictional case that saves itself', { timeout: 1000 });
    await expect(other.locator('#f-kind')).toHaveValue('throttling', { timeout: 1000 });
    await other.close();
  }).toPass();
  expect((await kept(context)).filter((item) => !item.startsWith('cookie __Host-session'))).toEqual([]);
  expect(traces.complaints).toEqual([]);
});

test('without a connection the text stays in the page, and is saved when the line is back', async ({ page, context }) => {
  const address = await newCase(page);
  await context.setOffline(true);
  await page.locator('#f-title').fill('Fictional case written under a bridge');
  await expect(status(page)).toContainText('No connection');
  await expect(page.locator('#f-title')).toHaveValue('Fictional case written under a bridge');
  await context.setOffline(false);
  await expect(status(page)).toContainText(/Saved at/, { timeout: 40_000 });
  await page.goto(address);
  await expect(page.locator('#f-title')).toHaveValue('Fictional case written under a bridge');
});

test('a session that ended costs no typing', async ({ page, context }) => {
  await newCase(page);
  await context.clearCookies();
  await page.locator('#f-title').fill('Fictional case that outlived its session');
  await expect(status(page)).toContainText('session has ended');
  await page.getByRole('button', { name: 'Save', exact: true }).last().click();
  await expect(page.locator('main')).toContainText('What you typed is kept');
  const { email, password } = member('researcher');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.locator('#f-title')).toHaveValue('Fictional case that outlived its session');
});

test('two tabs: other fields merge, the same field shows both texts', async ({ page, context }) => {
  const address = await newCase(page);
  const other = await context.newPage();
  await other.goto(address);
  await other.locator('html[data-islands=awake]').waitFor();
  await page.locator('#f-title').fill('Fictional title of the first tab');
  await expect(status(page)).toContainText(/Saved at/);
  await other.locator('#f-authority').fill('Fictional ministry');
  await expect(status(other)).toContainText(/Saved at/);
  await other.locator('#f-title').fill('Fictional title of the second tab');
  await expect(other.locator('main')).toContainText('Fictional title of the first tab');
  await expect(other.locator('#f-title')).toHaveValue('Fictional title of the second tab');
  const third = await context.newPage();
  await third.goto(address);
  await expect(third.locator('#f-title')).toHaveValue('Fictional title of the first tab');
  await expect(third.locator('#f-authority')).toHaveValue('Fictional ministry');
});

test('the form with its island is at most 160 kB', async ({ page }) => {
  await newCase(page);
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  let bytes = 0;
  session.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
  await page.reload({ waitUntil: 'networkidle' });
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThanOrEqual(160_000);
});
