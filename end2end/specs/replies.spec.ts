// A stranger replies to an incident, two reviewers answer, and the stranger reads it; with scripts and without.
import { enterDesk, fillCase, newCase, press } from '../desk.ts';
import { look } from '../look.ts';
import { expect, kept, test } from '../test.ts';

import type { Page } from '@playwright/test';

const CASE = {
  title: 'An exercise that somebody replies to',
  'places.0': 'Brazil',
  kind: 'platform-blocking',
  start: '2016-05-02',
  narrative: 'A made-up court of this exercise had a messenger blocked. Made-up operators complied for a day.',
  'sources.0.url': 'https://news.example/exercise',
  bearing: 'alleged-misuse',
  'actors.0.role': 'ordered',
  'actors.0.state': 'BRA',
  'actors.0.attribution': 'acknowledged',
  authority_kind: 'court',
  no_justification_found: 'yes',
  naming: 'nobody-named',
  comment_not_asked: 'The court of this exercise answers no questions.',
};

/** Brings a case through; the address of its incident. */
async function publish(researcher: Page, first: Page, second: Page): Promise<string> {
  const path = await newCase(researcher);
  await fillCase(researcher, CASE);
  await press(researcher, 'submit');
  await expect(researcher.getByRole('status').first()).toContainText('Submitted');
  await first.goto(`${path}/review`);
  await first.getByRole('button', { name: 'I have checked it: verify' }).click();
  await second.goto(`${path}/review`);
  await second.getByRole('button', { name: 'Publish' }).click();
  await expect(second.getByRole('status')).toContainText('Published');
  await researcher.goto(path);
  const link = researcher.locator('a[href^="/incidents/TW-"]').first();
  return (await link.getAttribute('href')) ?? '';
}

test('a stranger replies, two reviewers answer', async ({ browser, baseURL }, testInfo) => {
  test.setTimeout(240_000);
  const scripts = testInfo.project.use.javaScriptEnabled !== false;
  const open = async () => (await browser.newContext({ baseURL, javaScriptEnabled: scripts })).newPage();
  const [researcher, first, second] = [await open(), await open(), await open()];
  await enterDesk(researcher, 'researcher');
  await enterDesk(first, 'reviewer');
  await enterDesk(second, 'secondReviewer');
  const incident = await publish(researcher, first, second);

  const stranger = await open();
  await stranger.goto(incident);
  await stranger.getByRole('link', { name: 'Reply or ask for a correction' }).click();
  await expect(stranger).toHaveURL(`${incident}/reply`);
  await look(stranger, scripts);
  const shoot = async (page: Page, name: string) => {
    const folder = process.env.TREATYWATCH_SHOTS;
    if (!folder || !scripts) return;
    for (const [colorScheme, width] of [['light', 360], ['dark', 1280]] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png`, fullPage: true });
    }
  };
  await shoot(stranger, 'reply-form');
  // By keyboard, without a text first: what was wrong is said, and what was chosen stays.
  await stranger.getByRole('radio', { name: 'A correction' }).check();
  await stranger.getByLabel('Who says so').fill('Made-up Messenger Ltd');
  await stranger.getByLabel('This name may stand beside my words').check();
  await stranger.getByRole('button', { name: 'Send' }).click();
  await expect(stranger.getByRole('alert')).toContainText('What you want to say');
  await expect(stranger.getByRole('radio', { name: 'A correction' })).toBeChecked();
  await expect(stranger.getByLabel('Who says so')).toHaveValue('Made-up Messenger Ltd');
  await look(stranger, scripts);
  await stranger.getByLabel('What you want to say').fill('The day of this exercise was the third.\n\nWe can show it.');
  await stranger.getByLabel('How you can be reached').fill('press@exercise.example');
  await stranger.getByRole('button', { name: 'Send' }).click();
  await expect(stranger.getByRole('status')).toContainText('It was received.');
  await expect(stranger.getByText('It waits to be read.')).toBeVisible();
  const receipt = stranger.url();
  await look(stranger, scripts);
  await shoot(stranger, 'receipt');
  expect(await kept(stranger.context())).toEqual([]);

  await first.goto('/desk');
  const section = first.locator('#replies');
  await expect(section).toContainText('Replies waiting');
  await shoot(first, 'queue');
  await section.getByRole('link', { name: incident.slice('/incidents/'.length) }).click();
  await look(first, scripts);
  await expect(first.getByText('press@exercise.example')).toHaveCount(0);
  await first.getByRole('button', { name: 'Show the contact' }).click();
  await expect(first.getByText('press@exercise.example')).toBeVisible();
  await shoot(first, 'reply-at-desk');
  await first.getByRole('radio', { name: 'Show words of it' }).check();
  await first.getByLabel('Words to be shown').fill('The day of this exercise was the third.');
  await first.getByRole('button', { name: 'Keep this answer' }).click();
  await expect(first.getByRole('status')).toContainText('Another reviewer has to publish it.');
  await expect(first.getByRole('button', { name: 'Publish this answer' })).toHaveCount(0);

  await second.goto(new URL(first.url()).pathname);
  await look(second, scripts);
  await second.getByRole('button', { name: 'Publish this answer' }).click();
  await expect(second.getByRole('status')).toContainText('It stands on the incident’s page.');
  await shoot(second, 'answered');

  await stranger.goto(receipt);
  await expect(stranger.getByText('words of it stand on the incident’s page')).toBeVisible();
  await stranger.getByRole('link', { name: 'The incident’s page' }).click();
  await expect(stranger).toHaveURL(`${incident}#replies`);
  // Browsers keep a page of the record for a minute.
  await stranger.reload();
  await expect(stranger.getByRole('heading', { name: 'by Made-up Messenger Ltd' })).toBeVisible();
  await expect(stranger.getByText('The day of this exercise was the third.')).toBeVisible();
  await look(stranger, scripts);
  await shoot(stranger, 'incident');
});
