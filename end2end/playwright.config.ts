// Every story runs twice: with JavaScript and without. The browser is the system's Chromium.
//
// `cargo xtask test` builds the program and calls this with the variables below; by hand, after `cargo xtask build`:
// `npx playwright test`, with `--project "without JavaScript"` or the name of a file to narrow it down.
import { defineConfig } from '@playwright/test';

const port = process.env.TREATYWATCH_PORT ?? '3119';
const results = process.env.TREATYWATCH_RESULTS;

export default defineConfig({
  testDir: './specs',
  outputDir: './test-results',
  globalSetup: './server.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: results ? [['dot'], ['json', { outputFile: results }]] : [['list']],
  use: {
    baseURL: `http://localhost:${port}`,
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'with JavaScript' },
    {
      name: 'without JavaScript',
      use: { javaScriptEnabled: false },
      // What a script measures, or no browser is asked for, need not be done twice.
      testIgnore: ['accessibility.spec.ts', 'autosave.spec.ts', 'links.spec.ts', 'weight.spec.ts'],
    },
  ],
});
