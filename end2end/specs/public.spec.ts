// What every public page owes its reader, with scripts and without.
import { expect, kept, test } from '../test.ts';
import { firstOf, LISTS, PAGES } from '../routes.ts';
import type { Page } from '@playwright/test';

async function isWhole(page: Page, path: string) {
  const response = await page.goto(path, { waitUntil: 'networkidle' });
  expect(response?.status(), path).toBe(200);
  expect(response?.headers()['content-type'], path).toBe('text/html; charset=utf-8');
  expect(response?.headers()['content-security-policy'], path).toContain("script-src 'none'");
  expect(await page.title()).not.toBe('');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('h1')).toHaveCount(1);
  await expect(page.locator('main')).toHaveCount(1);
  await expect(page.locator('script'), `${path} ships a script`).toHaveCount(0);
  await expect(page.locator('leptos-island')).toHaveCount(0);
}

for (const path of PAGES) {
  test(`${path} is whole, without script, cookie, storage or third host`, async ({ page, context, traces, baseURL }) => {
    await isWhole(page, path);
    expect([...traces.hosts]).toEqual([new URL(baseURL ?? '').host]);
    expect(traces.cookies).toEqual([]);
    expect(await kept(context)).toEqual([]);
    expect(traces.complaints).toEqual([]);
  });
}

for (const [list, prefix] of LISTS) {
  test(`the first page below ${prefix} is whole`, async ({ page, request, traces }) => {
    await isWhole(page, await firstOf(request, list, prefix));
    expect(traces.cookies).toEqual([]);
    expect(traces.complaints).toEqual([]);
  });
}

test('an open page asks for nothing more', async ({ page, traces }) => {
  await page.goto('/countries/bra', { waitUntil: 'networkidle' });
  const asked = traces.requests.length;
  await page.mouse.wheel(0, 4000);
  await page.waitForTimeout(1500);
  expect(traces.requests.slice(asked)).toEqual([]);
});

test('a page that is not there says so as a page', async ({ page }) => {
  const response = await page.goto('/countries/atlantis');
  expect(response?.status()).toBe(404);
  await expect(page.locator('h1')).toHaveCount(1);
});

test('the desk is closed to strangers', async ({ page }) => {
  await page.goto('/desk');
  expect(new URL(page.url()).pathname).not.toBe('/desk');
  await expect(page.locator('input[type=password]')).toBeVisible();
});
