// Every link on the site leads somewhere. Asked for without a browser.
import { expect, test } from '../test.ts';
import { linksOf, PAGES } from '../routes.ts';

test('no link leads to nothing', async ({ request }) => {
  test.setTimeout(300_000);
  const seen = new Set<string>(['/']);
  const waiting = ['/', ...PAGES];
  const broken: string[] = [];
  while (waiting.length > 0 && seen.size < 2000) {
    const path = waiting.shift() ?? '';
    for (const link of await linksOf(request, path)) {
      // A list's own filters multiply; a few of them are among the pages above.
      if (seen.has(link) || link.startsWith('/desk') || (link.includes('?') && !link.startsWith('/charts/'))) continue;
      seen.add(link);
      const response = await request.get(link, { maxRedirects: 3 });
      if (!response.ok()) broken.push(`${path} → ${link}: ${response.status()}`);
      if (response.headers()['content-type']?.startsWith('text/html')) waiting.push(link);
    }
  }
  expect(broken).toEqual([]);
});
