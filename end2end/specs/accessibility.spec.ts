// axe finds nothing: every public page, light and dark, on a phone and on a desk.
import { AxeBuilder } from '@axe-core/playwright';

import { expect, test } from '../test.ts';
import { firstOf, LISTS, PAGES } from '../routes.ts';
import type { Page } from '@playwright/test';

const THEMES = ['light', 'dark'] as const;
const WIDTHS = [360, 1280];

/** In the dark the page is the same but for its colours: these rules look at what is painted. */
const PAINTED = ['color-contrast', 'link-in-text-block', 'target-size'];

async function faultsOf(page: Page, path: string, theme: (typeof THEMES)[number]): Promise<string[]> {
  await page.goto(path);
  const axe = new AxeBuilder({ page });
  if (theme === 'dark') axe.withRules(PAINTED);
  else axe.options({ rules: { 'target-size': { enabled: true } } });
  const results = await axe.analyze();
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
          expect(await faultsOf(page, path, theme)).toEqual([]);
        });
      }
      for (const [list, prefix] of LISTS) {
        test(`axe finds nothing on the first page below ${prefix}`, async ({ page, request }) => {
          expect(await faultsOf(page, await firstOf(request, list, prefix), theme)).toEqual([]);
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
