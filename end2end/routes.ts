// The public pages.
import type { APIRequestContext } from '@playwright/test';

/** Pages with an address of their own. */
export const PAGES = [
  '/',
  '/countries',
  '/countries/bra',
  '/countries/ind',
  '/countries/deu',
  '/countries/usa',
  '/countries/gha',
  // Nothing is on record there.
  '/countries/and',
  '/treaties',
  '/incidents',
  '/incidents?country=bra',
  '/indicators',
  '/changes',
  '/methodology',
  '/safety',
  '/privacy',
  '/about',
];

/** Lists, and with which address the pages that they lead to begin. */
export const LISTS: [list: string, prefix: string][] = [
  ['/treaties', '/treaties/'],
  ['/incidents', '/incidents/'],
  ['/indicators', '/indicators/'],
];

/** The addresses on this site that a page leads to, without fragments. */
export async function linksOf(request: APIRequestContext, path: string): Promise<string[]> {
  const html = await (await request.get(path)).text();
  const found = [...html.matchAll(/\s(?:href|src)="(\/[^"#]*)/g)].map(([, address]) => address ?? '');
  return [...new Set(found.map((address) => address.replaceAll('&amp;', '&')))];
}

/** The first page that a list leads to. */
export async function firstOf(request: APIRequestContext, list: string, prefix: string): Promise<string> {
  const first = (await linksOf(request, list)).find((address) => address.startsWith(prefix) && !address.includes('?'));
  if (!first) throw new Error(`${list} leads to no ${prefix}…`);
  return first;
}
