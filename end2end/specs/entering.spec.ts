// Entering a case: the form fits its kind, with scripts and without. Fictional, and plainly so.
import { awake, enterDesk, fillCase, newCase, press, status } from '../desk.ts';
import { look } from '../look.ts';
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

test('a country is taken in any spelling, and the nearest stand as buttons where none fits', async ({ page }, info) => {
  await enterDesk(page, 'researcher');
  await newCase(page);
  if (scripted(info)) await awake(page);
  await fillCase(page, { 'places.0': 'Korea', title: 'An exercise of spellings' });
  await press(page, 'save');
  await expect(page.getByText('No country or area is known as “Korea”').first()).toBeVisible();
  await page.getByRole('button', { name: 'Republic of Korea', exact: true }).click();
  await expect(page.locator('[name="places.0"]')).toHaveValue('Republic of Korea');
  await expect(page.locator('[name=title]')).toHaveValue('An exercise of spellings');
  await fillCase(page, { 'places.0': 'CÔTE D’IVOIRE' });
  await press(page, 'save');
  await expect(page.locator('[name="places.0"]')).toHaveValue(/^C.te d.Ivoire$/);
});

test('what may be on record already is linked or set aside, and links lead to measurements', async ({ page }, info) => {
  const scripts = scripted(info);
  // A country of its own for each project, so that the two runs do not meet.
  const [country, code] = scripts ? (['Andorra', 'AD'] as const) : (['Monaco', 'MC'] as const);
  const what = { 'places.0': country, kind: 'platform-blocking', start: '2017-03-01' };
  await enterDesk(page, 'researcher');
  for (const title of ['An older exercise', 'Another exercise of that day']) {
    await page.goto('/desk');
    await newCase(page);
    await fillCase(page, { ...what, title });
    await press(page, 'save');
    await expect(page).toHaveURL(/done=saved/);
  }
  await page.goto('/desk');
  await newCase(page);
  if (scripts) await awake(page);
  await fillCase(page, { ...what, title: 'A third exercise', 'sources.0.url': 'https://example.org/exercise-block' });
  // With scripts it comes while typing: nothing was pressed.
  if (!scripts) await press(page, 'save');
  const beside = page.locator('#beside');
  await expect(beside.getByRole('heading', { name: 'May be on record already' })).toBeVisible();
  await expect(beside.getByRole('link', { name: `OONI Explorer: ${country}` })).toHaveAttribute(
    'href',
    new RegExp(`^https://explorer\\.ooni\\.org/chart/mat\\?probe_cc=${code}&since=2017-02-26&until=2017-03-04`),
  );
  await expect(beside.getByRole('link', { name: 'Wayback Machine: example.org' })).toHaveAttribute(
    'href',
    'https://web.archive.org/web/20170301*/https://example.org/exercise-block',
  );
  await look(page, scripts);
  const older = beside.locator('li', { hasText: 'An older exercise' });
  await older.getByRole('button', { name: /^Link as related/ }).click();
  await expect(page.getByText('Linked as related.')).toBeVisible();
  await expect(beside.locator('li', { hasText: 'An older exercise' })).toContainText('linked');
  const another = beside.locator('li', { hasText: 'Another exercise of that day' });
  await another.getByRole('button', { name: /^Not the same/ }).click();
  await expect(page.getByText('Set aside as not the same.')).toBeVisible();
  await expect(beside.locator('li', { hasText: 'Another exercise of that day' })).toHaveCount(0);
  await expect(page.locator('[name=title]')).toHaveValue('A third exercise');
});
