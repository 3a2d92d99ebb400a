// Reviewing: a comment is answered and resolved, a time is set and taken back, two persons erase; with scripts and without.
import { enterDesk, fillCase, newCase, press } from '../desk.ts';
import { look } from '../look.ts';
import { expect, test } from '../test.ts';

test('a comment is answered, a time is set, and two persons erase', async ({ browser, baseURL }, testInfo) => {
  test.setTimeout(180_000);
  const scripts = testInfo.project.use.javaScriptEnabled !== false;
  const title = `An exercise in reviewing, ${scripts ? 'with' : 'without'} scripts`;
  const open = async () => (await browser.newContext({ baseURL, javaScriptEnabled: scripts })).newPage();

  const researcher = await open();
  await enterDesk(researcher, 'researcher');
  const address = await newCase(researcher);
  await fillCase(researcher, {
    title,
    'places.0': 'Monaco',
    kind: 'platform-blocking',
    start: '2018-03-01',
    narrative: 'The exercise ministry ordered the exercise network to block a site. It was back the next day.',
    'sources.0.url': 'https://example.org/exercise-in-reviewing',
    'actors.0.state': 'Monaco',
    'actors.0.attribution': 'attributed',
    'actors.0.role': 'ordered',
    authority_kind: 'executive',
    no_justification_found: 'yes',
    bearing: 'alleged-misuse',
    naming: 'nobody-named',
    comment_not_asked: 'The exercise ministry answers no questions.',
  });
  await press(researcher, 'submit');
  await expect(researcher).toHaveURL(/done=submitted/);

  const reviewer = await open();
  await enterDesk(reviewer, 'reviewer');
  const waits = reviewer.locator('section').filter({ hasText: 'Waits for your review' });
  await expect(waits.getByRole('link', { name: title })).toBeVisible();
  await look(reviewer, scripts);
  await waits.getByRole('link', { name: title }).click();
  await expect(reviewer.getByRole('heading', { name: 'What a reviewer stands for' })).toBeVisible();
  const beside = reviewer.locator('details.comment').filter({ hasText: 'Comment: What happened' }).first();
  await beside.locator('summary').click();
  await beside.getByLabel('Your comment').fill('Which exercise network?');
  await beside.getByRole('button', { name: 'Keep the comment' }).click();
  await expect(reviewer.getByRole('status')).toContainText('Kept.');
  await look(reviewer, scripts);

  await researcher.goto('/desk');
  await expect(researcher.getByRole('heading', { name: /Comments that wait for your answer/ })).toBeVisible();
  await researcher.goto(address);
  await expect(researcher.locator('form.case').getByText('Which exercise network?')).toBeVisible();
  await researcher.goto(`${address}/review`);
  await researcher.getByLabel('Your answer').fill('The only one there is.');
  await researcher.getByRole('button', { name: 'Answer' }).click();
  await expect(researcher.getByText('The only one there is.')).toBeVisible();
  await reviewer.reload();
  await reviewer.getByRole('button', { name: 'Resolved' }).click();
  await expect(reviewer.getByRole('status')).toContainText('Resolved.');

  await reviewer.getByRole('button', { name: 'I have checked it: verify' }).click();
  await reviewer.getByLabel('Day (2026-12-01)').fill('2016-01-01');
  await reviewer.getByLabel('Time in UTC (09:30)').fill('09:30');
  await reviewer.getByRole('button', { name: 'Set the time' }).click();
  await expect(reviewer.getByText('is no time that lies ahead').first()).toBeVisible();
  await expect(reviewer.getByLabel('Day (2026-12-01)')).toHaveValue('2016-01-01');
  await reviewer.getByLabel('Day (2026-12-01)').fill('2199-01-01');
  await reviewer.getByRole('button', { name: 'Set the time' }).click();
  await expect(reviewer.getByText('Set to be published on')).toBeVisible();
  await look(reviewer, scripts);
  await reviewer.getByRole('button', { name: 'Take it back' }).click();
  await expect(reviewer.getByRole('status')).toContainText('The time is taken back.');

  await reviewer.goto(`${address}/withdrawals`);
  const erase = reviewer.locator('section').filter({ hasText: 'Erase the case' }).last();
  await erase.getByLabel('Why').fill('The exercise is over.');
  await erase.getByRole('button', { name: 'Begin, as the first of two' }).click();
  await expect(reviewer.getByText('another reviewer or manager has to confirm it')).toBeVisible();
  await look(reviewer, scripts);
  const manager = await open();
  await enterDesk(manager, 'manager');
  await manager.getByRole('link', { name: title }).click();
  await manager.getByRole('button', { name: 'Do it now, for good' }).click();
  await expect(manager.getByRole('status')).toContainText('Erased, in every edition');
  expect((await researcher.goto(address))?.status()).toBe(404);
  await Promise.all([researcher, reviewer, manager].map((page) => page.context().close()));
});
