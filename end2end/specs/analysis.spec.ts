// What a case means, said by another person: with scripts and without. Fictional, and plainly so.
import { awake, enterDesk, fillCase, newCase, press, status } from '../desk.ts';
import { look } from '../look.ts';
import { expect, test, weigh } from '../test.ts';
import type { Page } from '@playwright/test';

const scripted = (info: { project: { use: { javaScriptEnabled?: boolean } } }) =>
  info.project.use.javaScriptEnabled !== false;

const CASE = {
  title: 'An exercise of the analyst: a messenger is blocked',
  'places.0': 'Brazil',
  kind: 'platform-blocking',
  start: '2016-05-02',
  narrative: 'The exercise court had an exercise messenger blocked. It was back the next day.',
  'sources.0.url': 'https://example.org/exercise-messenger',
  'actors.0.state': 'Brazil',
  'actors.0.attribution': 'acknowledged',
  'actors.0.role': 'ordered',
};

/** A case of the researcher's, as the analyst opens it; the address of its analysis. */
async function given(page: Page, fields: Record<string, string>): Promise<string> {
  await enterDesk(page, 'researcher');
  const address = await newCase(page);
  await fillCase(page, fields);
  await press(page, 'save');
  await expect(page).toHaveURL(/done=saved/);
  await page.context().clearCookies();
  await enterDesk(page, 'analyst');
  await page.goto(address);
  await expect(page.getByText('You can read this case and not change it.')).toBeVisible();
  await page.getByRole('link', { name: 'What it means' }).click();
  return `${address}/analysis`;
}

const add = (page: Page, what: string) => page.getByRole('button', { name: what, exact: true }).click();

test('an analyst links a treaty, reads its standing, assesses a right and takes an entry out', async ({ page }, info) => {
  test.setTimeout(120_000);
  const scripts = scripted(info);
  const address = await given(page, CASE);
  await expect(page.getByText('No treaty link yet.')).toBeVisible();
  await look(page, scripts);

  await add(page, 'Add a treaty link');
  if (scripts) await awake(page);
  await fillCase(page, {
    'links.0.treaty': 'civil and political rights covenant',
    'links.0.provision': 'article 19, paragraph 3',
    'links.0.way': 'same-power',
    'links.0.strength': 'inference',
    'links.0.said_by': 'معهد التمرين — The Exercise Institute of a Name That Goes On and On for the Width of Any Phone',
    'links.0.reason': 'Exercise users were cut off.',
  });
  if (!scripts) await press(page, 'save');
  // With scripts it comes while typing: nothing was pressed.
  await expect(page.getByText('acceded 24 January 1992').first()).toBeVisible();
  await expect(page.getByText('was in force for Brazil the whole time').first()).toBeVisible();
  await page.locator('[name="links.0.way"]').selectOption('obligation-at-stake');
  if (scripts) await status(page, 'saved');

  await add(page, 'Add an assessment');
  if (scripts) await awake(page);
  await page.locator('[name="assessments.0.right"]').selectOption('ICCPR 17');
  await page.locator('[name="assessments.0.by"]').fill('The Exercise Institute');
  if (!scripts) await add(page, 'Show the parts of this test');
  await page.getByLabel('Lawful: met or not').selectOption('met');
  await page.getByLabel('Not arbitrary: met or not').selectOption('not-met');
  if (!scripts) await press(page, 'save');
  await expect(page.getByText('Comes to: Not met')).toBeVisible();
  if (scripts) await status(page, 'saved');
  await look(page, scripts);

  await add(page, 'Add a factor');
  await page.locator('[name="factors.0.kind"]').selectOption('intent-to-silence');
  await add(page, 'Take out: Factor 1');
  await expect(page.getByText('No factor yet.')).toBeVisible();
  await page.goto(address);
  await expect(page.locator('[name="links.0.treaty"]')).toHaveValue('ICCPR');
  await expect(page.locator('[name="links.0.provision"]')).toHaveValue('19(3)');
  await expect(page.locator('[name="assessments.0.parts.1.outcome"]')).toHaveValue('not-met');
  await expect(page.locator('[name="factors.0.kind"]')).toHaveCount(0);
});

test('a treaty that nobody knows stays as typed, and the nearest is a button', async ({ page }, info) => {
  await given(page, CASE);
  await add(page, 'Add a treaty link');
  if (scripted(info)) await awake(page);
  await page.locator('[name="links.0.treaty"]').fill('Budapst Convention');
  await press(page, 'save');
  await expect(page.getByText('Did you mean Budapest Convention').first()).toBeVisible();
  await expect(page.locator('[name="links.0.treaty"]')).toHaveValue('Budapst Convention');
  await page.getByRole('button', { name: 'Budapest Convention', exact: true }).click();
  await expect(page.locator('[name="links.0.treaty"]')).toHaveValue('Budapest Convention');
  await expect(page.getByText('not a party').first()).toBeVisible();
});

test('the analysis form with its island is at most 160 kB', async ({ page }, info) => {
  test.skip(!scripted(info), 'only with scripts is there an island');
  const address = await given(page, CASE);
  for (const [what, name] of [
    ['Add a treaty link', 'links.0.reason'],
    ['Add a finding', 'findings.0.result'],
    ['Add an assessment', 'assessments.0.by'],
    ['Add a factor', 'factors.0.reason'],
  ] as const) {
    await add(page, what);
    await awake(page);
    await page.locator(`[name="${name}"]`).fill('An exercise.');
    await status(page, 'saved');
  }
  const bytes = await weigh(page, address);
  info.annotations.push({ type: 'bytes', description: String(bytes) });
  console.log(`the analysis form: ${bytes} bytes`);
  expect(bytes).toBeGreaterThan(1000);
  expect(bytes).toBeLessThanOrEqual(160_000);
});
