// Starts the program on an empty data folder before the tests and ends it afterwards.
//
// With `--demo` it makes an organisation with a researcher, an analyst, two reviewers, a manager and a steward and says their passwords once, on lines
// `demo: EMAIL PASSWORD`; the tests find them in `process.env.TREATYWATCH_MEMBERS` (see desk.ts).
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import type { FullConfig } from '@playwright/test';

/** The starter record is loaded first; a slow machine may take its time over it. */
const READY_WITHIN_MS = 120_000;

export default async function start(config: FullConfig): Promise<() => Promise<void>> {
  const program = process.env.TREATYWATCH_PROGRAM ?? '../target/debug/treatywatch';
  if (!existsSync(program)) throw new Error(`no program at ${program}: run cargo xtask build`);
  const url = config.projects[0]?.use.baseURL;
  if (!url) throw new Error('no base address in the configuration');
  const data = await mkdtemp(join(tmpdir(), 'treatywatch-browser-'));

  const address = `127.0.0.1:${new URL(url).port}`;
  const options = ['serve', '--demo', '--addr', address, '--data', data, '--public-url', url];
  const server = spawn(program, options, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async () => {
    server.kill('SIGTERM');
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 10_000).unref())]);
    server.kill('SIGKILL');
    await rm(data, { recursive: true, force: true });
  };

  const said: string[] = [];
  const members: Record<string, string> = {};
  const ready = new Promise<void>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`the server ${why}\n${said.join('\n')}`));
    setTimeout(() => fail(`was not ready within ${READY_WITHIN_MS / 1000} s`), READY_WITHIN_MS).unref();
    server.once('error', (error) => fail(`could not be started: ${error.message}`));
    server.once('exit', (code) => fail(`ended with ${code}`));
    for (const stream of [server.stdout, server.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line);
        const [, email, password] = /^demo: (\S+@\S+) (\S+)$/.exec(line) ?? [];
        if (email && password) members[email] = password;
        if (line.startsWith('Treatywatch is ready at ')) resolve();
      });
    }
  });
  try {
    await ready;
    if (Object.keys(members).length === 0) throw new Error(`no trial members were announced\n${said.join('\n')}`);
  } catch (error) {
    await stop();
    throw error;
  }
  process.env.TREATYWATCH_MEMBERS = JSON.stringify(members);
  // What an operator does on the command line, beside the running server.
  process.env.TREATYWATCH_DATA = data;
  return stop;
}
