// A manager invites somebody by a link, who joins and later is kept out; with scripts and without.
import { enterDesk } from '../desk.ts';
import { look } from '../look.ts';
import { expect, test } from '../test.ts';

const PASSWORD = 'an exercise lamp of violet 27';

test('somebody joins by a link, and is out at once when kept out', async ({ browser, baseURL }, testInfo) => {
  test.setTimeout(120_000);
  const scripts = testInfo.project.use.javaScriptEnabled !== false;
  const email = `${scripts ? 'with' : 'without'}-scripts@exercise.example`;
  const open = async () => (await browser.newContext({ baseURL, javaScriptEnabled: scripts })).newPage();
  const manager = await open();
  await enterDesk(manager, 'manager');
  await manager.getByRole('link', { name: 'Members' }).click();
  await manager.getByLabel('E-mail address').fill('nobody');
  await manager.getByRole('radio', { name: 'researcher' }).check();
  await manager.getByRole('button', { name: 'Make the link' }).click();
  await expect(manager.getByLabel('E-mail address')).toHaveValue('nobody');
  await expect(manager.getByRole('radio', { name: 'researcher' })).toBeChecked();
  await manager.getByLabel('E-mail address').fill(email);
  await manager.getByRole('button', { name: 'Make the link' }).click();
  await look(manager, scripts);
  const link = (await manager.locator('.made code').textContent()) ?? '';
  expect(link).toContain('/invitations/');

  const guest = await open();
  await guest.goto(link);
  await look(guest, scripts);
  await guest.getByLabel('New password').fill(PASSWORD);
  await guest.getByRole('button', { name: 'Keep this password' }).click();
  await guest.getByRole('link', { name: 'Sign in' }).click();
  await guest.getByLabel('E-mail address').fill(email);
  await guest.getByLabel('Password').fill(PASSWORD);
  await guest.getByRole('button', { name: 'Sign in' }).click();
  await expect(guest.getByText(`${email} · researcher`)).toBeVisible();
  expect((await (await open()).goto(link))?.status()).toBe(404);

  await guest.getByRole('link', { name: 'Your account' }).click();
  await expect(guest.getByText('This is the one you use now.')).toBeVisible();
  await look(guest, scripts);

  await manager.goto('/desk/members');
  const line = manager.getByRole('listitem').filter({ hasText: email });
  await line.locator('summary').click();
  await line.getByRole('button', { name: 'Keep out at once' }).click();
  await expect(manager.getByRole('status')).toContainText('They are kept out');
  await guest.reload();
  await expect(guest).toHaveURL('/sign-in');
});

test('hiding by a reference that nobody has loses nothing typed', async ({ browser, baseURL }, testInfo) => {
  test.setTimeout(120_000);
  const scripts = testInfo.project.use.javaScriptEnabled !== false;
  const page = await (await browser.newContext({ baseURL, javaScriptEnabled: scripts })).newPage();
  await enterDesk(page, 'reviewer');
  await page.getByRole('link', { name: 'Hide an incident at once' }).click();
  await page.getByLabel('Reference').fill('TW-1999-9999');
  await page.getByLabel('Why it is hidden').fill('An exercise.');
  await page.getByRole('button', { name: 'Hide it now' }).click();
  await expect(page.getByLabel('Why it is hidden')).toHaveValue('An exercise.');
  await expect(page.getByText('No incident on the public record has this reference').first()).toBeVisible();
  await look(page, scripts);
});
