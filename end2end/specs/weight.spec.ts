// What a page costs its reader.
import { expect, test, weigh } from '../test.ts';

test('the country page is at most 60 kB with everything', async ({ page }, testInfo) => {
  const bytes = await weigh(page, '/countries/bra');
  testInfo.annotations.push({ type: 'bytes', description: String(bytes) });
  expect(bytes).toBeGreaterThan(1000);
  expect(bytes).toBeLessThanOrEqual(60_000);
});
