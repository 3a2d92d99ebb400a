// Entering a case: the form fits its kind, with scripts and without. Fictional, and plainly so.
import { awake, enterDesk, fillCase, newCase, press, status } from '../desk.ts';
import { expect, test } from '../test.ts';

const scripted = (info: { project: { use: { javaScriptEnabled?: boolean } } }) =>
  info.project.use.javaScriptEnabled !== false;

test('the form shows what belongs to the kind, and keeps what does not', async ({ page }, info) => {
  await enterDesk(page, 'researcher');
  const address = await newCase(page);
  await expect(page.locator('[name=services]')).toHaveCount(0);
  if (scripted(info)) await awake(page);
  await page.locator('[name=kind]').selectOption('platform-blocking');
  if (!scripted(info)) await page.getByRole('button', { name: 'Show the fields for this kind' }).click();
  await page.locator('[name=services]').fill('A made-up messenger');
  // What is typed into a field of one kind is kept with whatever is chosen next.
  await page.locator('[name=kind]').selectOption('prosecution');
  if (!scripted(info)) await page.getByRole('button', { name: 'Show the fields for this kind' }).click();
  await fillCase(page, { 'stages.0.stage': 'charge', 'stages.0.date': '2016-05' });
  await expect(page.getByRole('heading', { name: 'Also filled in' })).toBeVisible();
  await expect(page.locator('[name=services]')).toHaveValue('A made-up messenger');
  await press(page, 'save');
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await page.goto(address);
  await expect(page.locator('[name="stages.0.date"]')).toHaveValue('2016-05');
  await expect(page.locator('[name=services]')).toHaveValue('A made-up messenger');
});

test('another kind takes neither the focus nor a letter', async ({ page }, info) => {
  test.skip(!scripted(info), 'without scripts nothing is taken in place');
  await enterDesk(page, 'researcher');
  const address = await newCase(page);
  await awake(page);
  await page.locator('[name=kind]').selectOption('platform-blocking');
  await page.locator('[name=services]').fill('A made-up');
  await status(page, 'saved');
  // The answer to the change of kind comes while somebody goes on typing in a field that the new kind does not have.
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/autosave', async (route) => {
    await held;
    await route.continue();
  });
  const sent = page.waitForRequest('**/autosave');
  await page.locator('[name=kind]').selectOption('cooperation-request');
  await sent;
  await page.locator('[name=services]').press('End');
  await page.locator('[name=services]').pressSequentially(' messenger');
  release();
  await expect(page.locator('[name=channel]')).toBeVisible();
  const kept = page.waitForResponse(
    (answer) => answer.ok() && (answer.request().postData() ?? '').includes('and+another'),
  );
  await page.keyboard.type(' and another');
  await expect(page.locator('[name=services]')).toBeFocused();
  await expect(page.locator('[name=services]')).toHaveValue('A made-up messenger and another');
  await kept;
  await page.goto(address);
  await expect(page.locator('[name=services]')).toHaveValue('A made-up messenger and another');
  await expect(page.locator('[name=kind]')).toHaveValue('cooperation-request');
});
