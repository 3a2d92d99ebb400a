// The main job, by hand: a researcher logs a case, a first reviewer completes it, a second verifies and publishes it,
// and a journalist finds it on its country's page. Fictional, and plainly so.
import type { Page } from '@playwright/test';

import { member, type Role } from '../desk.ts';
import { expect, test } from '../test.ts';

async function signIn(page: Page, role: Role) {
  const { email, password } = member(role);
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/desk$/);
}

async function signOut(page: Page) {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/$/);
}

/** The last “Save”: the first one is for the Enter key. */
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).last().click();

test('a case is logged, reviewed, published, and stands on its country’s page', async ({ page, traces }, testInfo) => {
  test.setTimeout(120_000);
  const title = `Fictional block of ExampleChat, told ${testInfo.project.name}`;

  await test.step('the researcher enters five fields and submits', async () => {
    await signIn(page, 'researcher');
    await page.getByRole('button', { name: 'New case' }).click();
    await page.locator('#f-title').fill(title);
    await page.locator('#f-places-0').fill('Brasil');
    await page.locator('#f-kind').selectOption('platform-blocking');
    await page.locator('#f-start').fill('2016-02-31');
    await page.locator('#f-narrative').fill(
      'A fictional court ordered the fictional service ExampleChat blocked. Providers complied for a day.',
    );
    await page.locator('#f-sources-0-url').fill('https://example.org/fictional-report');
    await page.getByRole('button', { name: 'Submit for review' }).click();
    // Refused with the field, what is wrong and what would be right; nothing typed is lost.
    await expect(page.locator('.error-summary')).toContainText('2016-02-31');
    await expect(page.locator('.error-summary')).toContainText('29 days');
    await expect(page.locator('.error-summary')).toContainText('Brazil');
    await expect(page.locator('#f-places-0')).toHaveValue('Brasil');
    await page.locator('#f-places-0').fill('Brazil');
    await page.locator('#f-start').fill('2016-02-29');
    await page.locator('#f-end').fill('2016-03-01');
    await page.getByRole('button', { name: 'Submit for review' }).click();
    await expect(page.getByRole('status').first()).toContainText('Submitted');
    await page.getByRole('link', { name: 'Review and publishing' }).click();
    await expect(page.getByRole('button', { name: 'I have checked it: verify' })).toHaveCount(0);
    await signOut(page);
  });

  await test.step('a first reviewer completes what publishing needs, and so cannot verify', async () => {
    await signIn(page, 'reviewer');
    await page.getByRole('link', { name: title }).click();
    await page.locator('#f-authority_kind').selectOption('court');
    await page.locator('#f-authority').fill('Fictional court of Exampleville');
    await page.locator('#f-justification').fill('The service had not answered a fictional order.');
    await page.locator('#f-actors-0-state').fill('BRA');
    await page.locator('#f-actors-0-attribution').selectOption('acknowledged');
    await page.locator('#f-actors-0-role').selectOption('ordered');
    await page.locator('#f-bearing').selectOption('alleged-misuse');
    await page.locator('#f-naming').selectOption('nobody-named');
    await page.locator('#f-comment_not_asked').fill('The court does not exist.');
    await save(page);
    await expect(page.getByRole('status').first()).toContainText('Saved');
    await page.getByRole('link', { name: 'Review and publishing' }).click();
    await expect(page.locator('main')).toContainText('another reviewer has to verify it');
    await signOut(page);
  });

  await test.step('a second reviewer, who changed nothing, verifies and publishes', async () => {
    await signIn(page, 'secondReviewer');
    await page.getByRole('link', { name: title }).click();
    await page.getByRole('link', { name: 'Review and publishing' }).click();
    await expect(page.locator('main')).toContainText('Everything that publishing asks for is there.');
    await page.getByRole('button', { name: 'I have checked it: verify' }).click();
    await expect(page.getByRole('status').first()).toContainText('Verified');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await expect(page.getByRole('status').first()).toContainText('Published');
    await signOut(page);
  });

  await test.step('a journalist finds it, with the standing on its day', async () => {
    await page.goto('/countries/bra');
    await page.getByRole('link', { name: title }).click();
    await expect(page.locator('h1')).toHaveText(title);
    expect(new URL(page.url()).pathname).toMatch(/^\/incidents\/TW-2016-\d{4}$/);
    await expect(page.locator('main')).toContainText('29 February 2016');
    await expect(page.locator('main')).toContainText('not a party (acceded 30 November 2022');
    await expect(page.locator('main')).toContainText('Fictional court of Exampleville');
    await page.goto('/changes');
    await expect(page.locator('main')).toContainText(title);
  });

  for (const cookie of traces.cookies) {
    expect(cookie).toMatch(/^__Host-session=[0-9a-f]*; Path=\/;( Max-Age=0;)? Secure; HttpOnly; SameSite=Lax$/);
  }
  expect([...traces.hosts]).toHaveLength(1);
});

test('after signing out, the back button shows nothing of the desk', async ({ page }) => {
  await signIn(page, 'researcher');
  await page.getByRole('button', { name: 'New case' }).click();
  await page.locator('#f-title').fill('Fictional case that nobody else may see');
  await save(page);
  await expect(page.locator('#f-title')).toHaveValue('Fictional case that nobody else may see');
  await signOut(page);
  await page.goBack();
  await expect(page.locator('body')).not.toContainText('Fictional case that nobody else may see');
});

test('a sealed note is written, and read only when asked for', async ({ page }) => {
  await signIn(page, 'researcher');
  await page.getByRole('button', { name: 'New case' }).click();
  await page.getByRole('link', { name: 'Sealed notes' }).click();
  await page.getByRole('button', { name: 'Show the sealed notes' }).click();
  await page.locator('#f-note').fill('A fictional witness, to be called in the evening.');
  await page.getByRole('button', { name: 'Seal' }).click();
  await expect(page.getByRole('status').first()).toContainText('sealed');
  await expect(page.locator('main')).not.toContainText('fictional witness');
  await page.getByRole('button', { name: 'Show the sealed notes' }).click();
  await expect(page.locator('#f-note')).toHaveValue('A fictional witness, to be called in the evening.');
});
