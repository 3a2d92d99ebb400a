// The whole thread: a case is logged, reviewed, published, and stands on its country's page; with scripts and without.
import { enterDesk, fillCase, newCase, press } from '../desk.ts';
import { expect, test } from '../test.ts';

test('a case goes from a researcher to the public', async ({ browser, baseURL }, testInfo) => {
  test.setTimeout(180_000);
  const scripts = testInfo.project.use.javaScriptEnabled !== false;
  // A country of its own for each project, so that the two runs do not meet. The case is made up.
  const [code, country] = scripts ? (['smr', 'San Marino'] as const) : (['lie', 'Liechtenstein'] as const);
  const title = `An exercise, ${scripts ? 'with' : 'without'} scripts: a site is blocked for a day`;
  const story = 'The exercise ministry ordered the exercise network to block a site. It was back the next day.';
  const open = async () => (await browser.newContext({ baseURL, javaScriptEnabled: scripts })).newPage();

  const researcher = await open();
  await enterDesk(researcher, 'researcher');
  const address = await newCase(researcher);
  await fillCase(researcher, { 'places.0': country, start: '2019-02-31' });
  await press(researcher, 'submit');
  await expect(researcher.locator('[name=start]')).toHaveValue('2019-02-31');
  await expect(researcher.locator('[role=alert], .error-summary').first()).toBeVisible();

  await fillCase(researcher, {
    title,
    'places.0': country,
    kind: 'platform-blocking',
    start: '2019-03-01',
    narrative: story,
    'sources.0.url': 'https://example.org/exercise',
    'sources.0.title': 'An exercise report',
    'sources.0.kind': 'ngo',
  });
  await press(researcher, 'submit');
  await expect(researcher).toHaveURL(/done=/);
  await expect(researcher.getByText('waits for a reviewer').first()).toBeVisible();

  // What publishing needs is still missing, so it cannot be verified yet.
  await researcher.goto(`${address}/review`);
  await expect(researcher.getByRole('heading', { name: 'What publishing still needs' })).toBeVisible();
  const stranger = await open();
  expect((await stranger.goto(address))?.url()).toContain('/sign-in');
  await stranger.goto(`/countries/${code}`);
  await expect(stranger.locator('main')).not.toContainText(title);

  await researcher.goto(address);
  await fillCase(researcher, {
    'actors.0.state': country,
    'actors.0.attribution': 'attributed',
    'actors.0.role': 'ordered',
    authority_kind: 'executive',
    authority: 'The exercise ministry',
    no_justification_found: 'yes',
    bearing: 'alleged-misuse',
    naming: 'nobody-named',
    comment_from: 'The exercise ministry',
    comment_when: '2019-04-01',
    comment_answer: 'None.',
  });
  await press(researcher, 'submit');
  await expect(researcher).toHaveURL(/done=/);
  await researcher.goto(`${address}/review`);
  await expect(researcher.getByText('Everything that publishing asks for is there.')).toBeVisible();
  await expect(researcher.getByRole('button', { name: 'Publish' })).toHaveCount(0);

  const reviewer = await open();
  await enterDesk(reviewer, 'reviewer');
  await reviewer.getByRole('link', { name: title }).click();
  await reviewer.goto(`${address}/review`);
  await reviewer.getByRole('button', { name: 'I have checked it: verify' }).click();
  await reviewer.getByRole('button', { name: 'Publish' }).click();
  await expect(reviewer.getByText('Published.', { exact: true })).toBeVisible();

  // Somebody who was not there before: a browser may keep a page for a minute.
  const reader = await open();
  await reader.goto(`/countries/${code}`);
  const line = reader.getByRole('link', { name: title }).first();
  await expect(line).toBeVisible();
  await line.click();
  await expect(reader).toHaveURL(/\/incidents\/TW-2019-\d{4,}$/i);
  await expect(reader.locator('h1')).toContainText(title);
  await expect(reader.locator('main')).toContainText(story);
  await expect(reader.locator('main')).toContainText(/on that day/i);
  await reader.goto('/changes');
  await expect(reader.locator('main')).toContainText(title);
  await Promise.all([researcher, reviewer, stranger, reader].map((page) => page.context().close()));
});
