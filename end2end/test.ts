// What every test has: a record of whom the page spoke to, what it left behind, and what it complained about.
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';

export { expect };

/** What a page did, seen from outside. */
export interface Traces {
  /** Every request's host and port. */
  hosts: Set<string>;
  /** Addresses asked for, in order. */
  requests: string[];
  /** Errors on the console, and exceptions. */
  complaints: string[];
  /** The Set-Cookie headers that were received. */
  cookies: string[];
}

export const test = base.extend<{ traces: Traces }>({
  traces: [
    async ({ context }, use) => {
      const traces: Traces = { hosts: new Set(), requests: [], complaints: [], cookies: [] };
      context.on('request', (request) => {
        const url = new URL(request.url());
        if (!['data:', 'about:', 'blob:'].includes(url.protocol)) traces.hosts.add(url.host);
        traces.requests.push(request.url());
      });
      context.on('response', async (response) => {
        const headers = await response.headersArray().catch(() => []);
        for (const { name, value } of headers) {
          if (name.toLowerCase() === 'set-cookie') traces.cookies.push(value);
        }
      });
      context.on('console', (message) => {
        if (message.type() === 'error') traces.complaints.push(message.text());
      });
      context.on('weberror', (error) => traces.complaints.push(error.error().message));
      await use(traces);
    },
    { auto: true },
  ],
});

/** Everything that the browser keeps for a site: cookies, and names of what is stored. */
export async function kept(context: BrowserContext): Promise<string[]> {
  const state = await context.storageState({ indexedDB: true });
  const stored = state.origins.flatMap((origin) => [
    ...origin.localStorage.map((item) => `localStorage ${item.name}`),
    ...((origin as { indexedDB?: { name: string }[] }).indexedDB ?? []).map((database) => `indexedDB ${database.name}`),
  ]);
  return [...state.cookies.map((cookie) => `cookie ${cookie.name}`), ...stored];
}

/** Bytes on the wire, as compressed, for a page with all that it loads, from an empty cache. */
export async function weigh(page: Page, path: string): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  let bytes = 0;
  session.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
  await page.goto(path, { waitUntil: 'networkidle' });
  await session.detach();
  return bytes;
}
