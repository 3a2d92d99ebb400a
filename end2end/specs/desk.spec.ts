// What stays at the desk. Fictional, and plainly so. (The main job is told in story.spec.ts.)
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

test('after signing out, the back button shows nothing of the desk', async ({ page }) => {
  await signIn(page, 'researcher');
  await page.getByRole('button', { name: 'New case' }).click();
  await page.locator('#f-title').fill('Fictional case that nobody else may see');
  await save(page);
  // The field holds the same words before and after: only the address says that the save has ended.
  await expect(page).toHaveURL(/done=saved/);
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
