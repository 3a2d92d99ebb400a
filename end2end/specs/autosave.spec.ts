// Autosave: nothing typed is lost, nothing is called saved that is not, and nobody's text is overwritten unseen.
import { awake, enterDesk, fillSignIn, newCase, press, status } from '../desk.ts';
import { expect, kept, test, weigh } from '../test.ts';
import type { Page, Request } from '@playwright/test';

const title = (page: Page) => page.locator('[name=title]');
const narrative = (page: Page) => page.locator('[name=narrative]');

/** A case of the researcher's own, open and awake; its address. */
async function open(page: Page): Promise<string> {
  await enterDesk(page, 'researcher');
  const address = await newCase(page);
  await awake(page);
  return address;
}

/** What was posted, field by field. */
function posted(request: Request): Record<string, string[]> {
  const fields = new URLSearchParams(request.postData() ?? '');
  return Object.fromEntries([...fields.keys()].map((name) => [name, fields.getAll(name)]));
}

function nextSave(page: Page): Promise<Request> {
  return page.waitForRequest((request) => request.url().endsWith('/autosave'));
}

test('what was typed is there after closing the page, without pressing a button', async ({ page, traces }) => {
  const address = await open(page);
  await title(page).fill('Saved while typing');
  await status(page, 'saved');
  await expect(page.getByRole('status').filter({ hasText: /Saved at \d\d:\d\d/ })).toBeVisible();
  await expect(title(page)).toHaveValue('Saved while typing');
  await page.goto('/desk');
  await page.goto(address);
  await expect(title(page)).toHaveValue('Saved while typing');
  expect(traces.complaints).toEqual([]);
});

test('only what changed is posted, a group of boxes as a whole', async ({ page }) => {
  const address = await open(page);
  const first = nextSave(page);
  await title(page).fill('One field');
  const request = await first;
  expect(request.headers()['accept']).toBe('application/json');
  expect(posted(request)).toEqual({ title: ['One field'], revision: ['1'] });
  await status(page, 'saved');

  const second = nextSave(page);
  await page.locator('[name=contexts][value=election]').check();
  await page.locator('[name=contexts][value=protest]').check();
  const group = posted(await second);
  expect(Object.keys(group).sort()).toEqual(['contexts', 'revision']);
  expect(group.contexts?.filter(Boolean)).toEqual(['election', 'protest']);
  await status(page, 'saved');

  const third = nextSave(page);
  await page.locator('[name=contexts][value=election]').uncheck();
  await page.locator('[name=contexts][value=protest]').uncheck();
  expect(posted(await third).contexts?.filter(Boolean)).toEqual([]);
  await status(page, 'saved');
  await page.goto(address);
  await expect(page.locator('[name=contexts]:checked')).toHaveCount(0);
});

test('without a connection the text stays, the page says so, and saves by itself later', async ({ page, context }) => {
  const address = await open(page);
  await context.setOffline(true);
  await title(page).fill('Typed in a tunnel');
  await status(page, 'offline');
  await press(page, 'save');
  await expect(title(page)).toHaveValue('Typed in a tunnel');
  expect(new URL(page.url()).pathname).toBe(address);
  await context.setOffline(false);
  await status(page, 'saved');
  await page.goto(address);
  await expect(title(page)).toHaveValue('Typed in a tunnel');
});

test('leaving with something unsaved asks first', async ({ page, context }) => {
  await open(page);
  await context.setOffline(true);
  await title(page).fill('Not saved yet');
  await status(page, 'offline');
  const asked = page.waitForEvent('dialog');
  const leaving = page.goto('/about').catch(() => undefined);
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await leaving;
  await expect(title(page)).toHaveValue('Not saved yet');
  await context.setOffline(false);
  await status(page, 'saved');
});

test('two people in one field: both texts are shown, neither is lost', async ({ page, context }) => {
  const address = await open(page);
  const other = await context.newPage();
  await other.goto(address);
  await awake(other);
  await narrative(other).fill('The other text.');
  await status(other, 'saved');

  await narrative(page).fill('My own text.');
  await title(page).fill('A title that nobody disputes');
  await status(page, 'conflict');
  const conflict = page.locator('.autosave-conflicts dl[data-field=narrative]');
  await expect(conflict).toContainText('What happened');
  await expect(conflict).toContainText('My own text.');
  await expect(conflict).toContainText('The other text.');
  await expect(narrative(page)).toHaveValue('My own text.');

  // Everything else goes on being saved, and leaving the field decides nothing.
  await narrative(page).focus();
  const rest = nextSave(page);
  await page.locator('[name=authority]').fill('Somebody');
  expect(Object.keys(posted(await rest))).not.toContain('narrative');
  await status(page, 'conflict');
  await other.goto(address);
  await expect(narrative(other)).toHaveValue('The other text.');
  await expect(title(other)).toHaveValue('A title that nobody disputes');

  await narrative(page).fill('The other text. And my own.');
  await status(page, 'saved');
  await expect(page.locator('.autosave-conflicts dl')).toHaveCount(0);
  await other.goto(address);
  await expect(narrative(other)).toHaveValue('The other text. And my own.');
});

test('a session that ended costs no typing', async ({ page, context }) => {
  const address = await open(page);
  await context.clearCookies();
  await title(page).fill('Typed after the session had ended');
  await status(page, 'signed-out');
  await press(page, 'save');
  await fillSignIn(page, 'researcher');
  await expect(page).toHaveURL(new RegExp(`${address}(\\?.*)?$`));
  await expect(title(page)).toHaveValue('Typed after the session had ended');
});

test('a refused change says so and stays in the page', async ({ page }) => {
  await open(page);
  await page.route('**/autosave', (route) => route.fulfill({ status: 422, json: { errors: [] } }));
  await title(page).fill('Refused');
  await status(page, 'refused');
  await expect(title(page)).toHaveValue('Refused');
  await page.unroute('**/autosave');
  await title(page).fill('Taken');
  await status(page, 'saved');
});

test('what was typed before the island woke is saved too', async ({ page }) => {
  const address = await open(page);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(address, { waitUntil: 'commit' });
  await title(page).fill('Typed early');
  await page.locator('[name=kind]').selectOption('throttling');
  release();
  await awake(page);
  await status(page, 'saved');
  await page.goto(address);
  await expect(title(page)).toHaveValue('Typed early');
  await expect(page.locator('[name=kind]')).toHaveValue('throttling');
});

test('pressing a button right after a keystroke sends everything', async ({ page }) => {
  const address = await open(page);
  await title(page).fill('Pressed at once');
  await press(page, 'save');
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await page.goto(address);
  await expect(title(page)).toHaveValue('Pressed at once');
});

test('the browser keeps a session and nothing else', async ({ page, context, traces, baseURL }) => {
  await open(page);
  await title(page).fill('Kept at the desk');
  await status(page, 'saved');
  expect(await kept(context)).toEqual(['cookie __Host-session']);
  for (const cookie of traces.cookies) {
    expect(cookie).toMatch(/^__Host-session=/);
    for (const flag of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(flag);
  }
  expect([...traces.hosts]).toEqual([new URL(baseURL ?? '').host]);
});

test('a page with the island is at most 160 kB with everything', async ({ page }, testInfo) => {
  const address = await open(page);
  // Filled, with what stands beside it: that is how it is opened on a bad connection.
  await page.locator('[name=kind]').selectOption('platform-blocking');
  await page.locator('[name="places.0"]').fill('Brazil');
  await page.locator('[name=start]').fill('2016-05-02');
  await narrative(page).fill('A made-up court ordered it. It was lifted after a day. '.repeat(200));
  await press(page, 'save');
  await expect(page.getByRole('heading', { name: 'Where to look for more' })).toBeVisible();
  const bytes = await weigh(page, address);
  testInfo.annotations.push({ type: 'bytes', description: String(bytes) });
  expect(bytes).toBeGreaterThan(20_000);
  expect(bytes).toBeLessThanOrEqual(160_000);
});
