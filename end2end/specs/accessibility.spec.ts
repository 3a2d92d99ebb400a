// axe finds nothing: every public page, light and dark, on a phone and on a desk.
import { AxeBuilder } from '@axe-core/playwright';

import { expect, test } from '../test.ts';
import { firstOf, LISTS, PAGES } from '../routes.ts';
import type { Page } from '@playwright/test';

const THEMES = ['light', 'dark'] as const;
const WIDTHS = [360, 1280];

async function faultsOf(page: Page, path: string): Promise<string[]> {
  await page.goto(path);
  const results = await new AxeBuilder({ page }).options({ rules: { 'target-size': { enabled: true } } }).analyze();
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id} (${help}) at ${node.target.join(' ')}: ${node.failureSummary?.split('\n')[1]?.trim()}`),
  );
}

for (const theme of THEMES) {
  for (const width of WIDTHS) {
    test.describe(`${theme}, ${width} px`, () => {
      test.use({ colorScheme: theme, viewport: { width, height: 900 } });
      // The longest lists take axe a while on a busy machine.
      test.describe.configure({ timeout: 180_000 });

      for (const path of PAGES) {
        test(`axe finds nothing on ${path}`, async ({ page }) => {
          expect(await faultsOf(page, path)).toEqual([]);
        });
      }
      for (const [list, prefix] of LISTS) {
        test(`axe finds nothing on the first page below ${prefix}`, async ({ page, request }) => {
          expect(await faultsOf(page, await firstOf(request, list, prefix))).toEqual([]);
        });
      }
    });
  }
}

for (const path of PAGES) {
  test(`${path} fits a screen of 320 px`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(path);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(320);
  });
}
