// A researcher adds files to a case, says what they show and who agreed; a reviewer sees them and takes them along.
import { readFileSync } from 'node:fs';

import { enterDesk, newCase } from '../desk.ts';
import { look } from '../look.ts';
import { expect, test } from '../test.ts';

const PICTURE = readFileSync(new URL('../../docs/images/country.png', import.meta.url));

test('files are kept, described and handed over', async ({ browser, baseURL }, testInfo) => {
  test.setTimeout(120_000);
  const scripts = testInfo.project.use.javaScriptEnabled !== false;
  const open = async () => (await browser.newContext({ baseURL, javaScriptEnabled: scripts })).newPage();
  const page = await open();
  await enterDesk(page, 'researcher');
  const path = await newCase(page);
  await page.getByRole('link', { name: 'Evidence' }).click();
  await expect(page.getByText('No file yet.')).toBeVisible();
  await look(page, scripts);

  await page.getByLabel('Files').setInputFiles([
    { name: 'صورة الساحة.png', mimeType: 'image/png', buffer: PICTURE },
    { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
    { name: 'a letter with a rather long name that somebody gave to it in a hurry.txt', mimeType: 'text/plain', buffer: Buffer.from('A made-up letter.') },
  ]);
  await page.getByRole('button', { name: 'Add them' }).click();
  await expect(page.getByText('empty.txt is empty').first()).toBeVisible();
  if (scripts) await expect(page.locator('.upload-files [data-state=kept]')).toHaveCount(2);
  await look(page, scripts);
  await page.goto(`${path}/evidence`);
  await expect(page.getByRole('heading', { name: 'صورة الساحة.png' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'a letter' })).toBeVisible();

  const picture = page.locator('section.evidence').first();
  await picture.getByLabel('Yes: those concerned agreed').check();
  await picture.getByRole('button', { name: 'Keep this' }).click();
  await expect(page.getByRole('alert')).toContainText('2 fields');
  await expect(picture.getByLabel('Yes: those concerned agreed')).toBeChecked();
  await look(page, scripts);
  await picture.getByLabel('What it shows').fill('A page of figures on a screen.');
  await picture.getByLabel('How and when it was agreed').fill('By letter, 3 May 2026.');
  await picture.getByRole('button', { name: 'Keep this' }).click();
  await expect(page.getByText('Shown with the incident, from its next publication on.')).toBeVisible();

  const reviewer = await open();
  await enterDesk(reviewer, 'reviewer');
  await reviewer.goto(`${path}/evidence`);
  await expect(reviewer.getByRole('img', { name: 'A page of figures on a screen.' })).toBeVisible();
  const [download] = await Promise.all([
    reviewer.waitForEvent('download'),
    reviewer.getByRole('button', { name: 'Download the bundle' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('evidence.tar');
  await reviewer.goto(`${path}/evidence`);
  const custody = reviewer.locator('section.evidence').first();
  await custody.getByText('Who had it in hand').click();
  await expect(custody.getByText('exported it in a bundle')).toBeVisible();
  await look(reviewer, scripts);
});

test('an upload goes on where the connection was lost', async ({ browser, baseURL }, testInfo) => {
  test.skip(testInfo.project.use.javaScriptEnabled === false, 'without scripts the browser itself says so');
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  await enterDesk(page, 'researcher');
  const path = await newCase(page);
  await page.goto(`${path}/evidence`);
  const file = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(`made-up ${name}`) });
  await page.getByLabel('Files').setInputFiles([file('first.txt'), file('second.txt')]);
  // The second one meets a dead line.
  let seen = 0;
  await page.route(`**${path}/evidence`, (route) => {
    seen += 1;
    return seen === 2 ? route.abort('connectionfailed') : route.continue();
  });
  await page.getByRole('button', { name: 'Add them' }).click();
  await expect(page.locator('.upload-files [data-state=offline]')).toContainText('The connection was lost.');
  await expect(page.locator('.upload-files [data-state=kept]')).toHaveCount(1);
  await page.getByRole('button', { name: 'Add them' }).click();
  await expect(page.getByText('The files are kept.')).toBeVisible();
  await expect(page.locator('section.evidence')).toHaveCount(2);
});
