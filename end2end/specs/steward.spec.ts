// A steward: the second factor first, then an organisation, a country that signs, what is not yet checked, a proposal.
import type { Page } from '@playwright/test';

import { codeOf, enterDesk, operate } from '../desk.ts';
import { look } from '../look.ts';
import { expect, test } from '../test.ts';

const PASSWORD = 'an exercise lamp of violet 27';

/** Signs in as a new steward, who has to set up an authenticator before anything opens. */
async function enterAsSteward(page: Page, name: string): Promise<string> {
  const email = `${name}@steward.example`;
  operate(['organisation', 'add', name, '--name', `Operator ${name}`]);
  operate(['member', 'add', '--email', email, '--organisation', name, '--role', 'steward', '--password-stdin'], PASSWORD);
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.goto('/desk/record');
  await expect(page).toHaveURL('/desk/account/second-factor');
  await page.getByRole('button', { name: 'Set up an authenticator' }).click();
  const secret = ((await page.locator('main code').first().textContent()) ?? '').replaceAll(' ', '');
  await page.getByLabel('Code of the app').fill(codeOf(secret));
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByRole('link', { name: 'I have kept them' }).click();
  await expect(page).toHaveURL('/desk');
  return email;
}

test('a steward adds an organisation and hands out the link for its first manager', async ({ browser, baseURL }, testInfo) => {
  test.setTimeout(180_000);
  const scripts = testInfo.project.use.javaScriptEnabled !== false;
  const name = scripts ? 'with-scripts' : 'without-scripts';
  const open = async () => (await browser.newContext({ baseURL, javaScriptEnabled: scripts })).newPage();
  const steward = await open();
  await enterAsSteward(steward, `operator-${name}`);
  await steward.getByRole('link', { name: 'Organisations' }).click();
  await steward.getByLabel('Name', { exact: true }).fill('مرصد الميناء');
  await steward.getByLabel('Short name').fill('Not a short name');
  await steward.getByRole('button', { name: 'Add it' }).click();
  await expect(steward.getByRole('alert')).toContainText('is not a short name');
  await expect(steward.getByLabel('Name', { exact: true })).toHaveValue('مرصد الميناء');
  await look(steward, scripts);
  await steward.getByLabel('Short name').fill(`harbour-${name}`);
  await steward.getByRole('button', { name: 'Add it' }).click();
  const line = steward.getByRole('listitem').filter({ hasText: `harbour-${name}` });
  await line.locator('summary').click();
  await line.getByLabel('E-mail address of the first manager').fill(`first-${name}@harbour.example`);
  await line.getByRole('button', { name: 'Make the link' }).click();
  await look(steward, scripts);
  const link = (await steward.locator('.made code').textContent()) ?? '';

  const manager = await open();
  await manager.goto(link);
  await expect(manager.getByText('You are invited to مرصد الميناء as manager')).toBeVisible();
  await manager.getByLabel('New password').fill(PASSWORD);
  await manager.getByRole('button', { name: 'Keep this password' }).click();
  await steward.goto('/desk/organisations');
  await expect(line).toContainText('1 manager');
  await expect(line.locator('summary')).toHaveCount(0);
});

test('a country accedes, facts are checked, and a proposal is declined', async ({ browser, baseURL }, testInfo) => {
  test.setTimeout(240_000);
  const scripts = testInfo.project.use.javaScriptEnabled !== false;
  const name = scripts ? 'with-scripts' : 'without-scripts';
  const [country, day] = scripts ? ['Eritrea', '2026-02-03'] : ['Bhutan', '2026-02-04'];
  const open = async () => (await browser.newContext({ baseURL, javaScriptEnabled: scripts })).newPage();
  const steward = await open();
  await enterAsSteward(steward, `record-${name}`);
  await steward.getByRole('link', { name: 'Facts', exact: true }).click();
  await look(steward, scripts);
  await steward.getByRole('link', { name: 'Treaty actions' }).click();
  await look(steward, scripts);
  await steward.getByRole('link', { name: 'Add one' }).click();
  await steward.getByLabel('Treaty', { exact: true }).selectOption('budapest');
  await steward.getByLabel('Country or area').fill(`${country.slice(0, 3)}xx`);
  await steward.getByLabel('What was done').selectOption('accession');
  await steward.getByLabel('Day it was done', { exact: true }).fill(day);
  await steward.getByLabel('Name of the source').fill('An exercise');
  await steward.getByLabel('What changes, and why').fill(`An exercise: ${country} acceded`);
  await steward.getByRole('button', { name: 'Publish it' }).click();
  await expect(steward.getByRole('alert')).toContainText('No country or area is known');
  await expect(steward.getByLabel('Name of the source')).toHaveValue('An exercise');
  await look(steward, scripts);
  await steward.getByLabel('Country or area').fill(country);
  await steward.getByRole('button', { name: 'Publish it' }).click();
  await expect(steward.getByRole('status')).toContainText('Published');

  await steward.goto('/changes');
  await expect(steward.getByText(`An exercise: ${country} acceded`)).toBeVisible();
  await steward.goto(`/desk/record/actions?country=${country}`);
  await steward.getByRole('link', { name: new RegExp(`^${country} · Accession .* February 2026`) }).click();
  await look(steward, scripts);

  await steward.goto('/desk/record/unchecked?kind=groups');
  await look(steward, scripts);
  const boxes = steward.locator('input[name=fact]');
  for (const at of scripts ? [0, 1] : [3, 4]) await boxes.nth(at).check();
  await steward.getByLabel('Name of the source').fill('An exercise of checking');
  await steward.getByLabel('Address of the source').fill('https://source.example/exercise');
  await steward.getByLabel('Day on which it was read').fill('2026-11-20');
  await steward.getByRole('button', { name: 'Publish as checked' }).click();
  await expect(steward.getByRole('status')).toContainText('Published as checked');

  const researcher = await open();
  await enterDesk(researcher, 'researcher');
  await researcher.goto('/desk/record/provisions/budapest/2');
  await researcher.getByLabel('Heading', { exact: true }).fill(`Exercise ${name}`);
  await researcher.locator('[name=reason]').fill(`An exercise of ${name}`);
  await look(researcher, scripts);
  await researcher.getByRole('button', { name: 'Propose it to the steward' }).click();
  await expect(researcher.getByRole('status')).toContainText('Proposed');

  await steward.goto('/desk/record/proposals');
  await look(steward, scripts);
  const line = steward.getByRole('listitem').filter({ hasText: `An exercise of ${name}` });
  await line.getByRole('link').click();
  await expect(steward.getByText(`Exercise ${name}`).first()).toBeVisible();
  await look(steward, scripts);
  await steward.goBack();
  await line.locator('summary').click();
  await line.getByLabel('Why not').fill('It is only an exercise');
  await line.getByRole('button', { name: 'Decline' }).click();
  await researcher.goto('/desk/record/proposals');
  await expect(researcher.getByText('Why not: It is only an exercise').first()).toBeVisible();
  await look(researcher, scripts);
});
