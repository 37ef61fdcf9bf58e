// The commands of `npm run ops` that the documents name are such as the command line takes.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readOpsCommandLine } from '../../lib/operations/command-line.ts';
import { commands } from '../../lib/operations/commands.ts';

const files = readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
const calls = files.flatMap((name) =>
  [...readFileSync(join('docs', name), 'utf8').matchAll(/^npm run ops -- (.+)$/gm)].map(([, call = '']) => [
    name,
    call,
  ]),
);

it.each(calls)('%s: %s', (_, call = '') => {
  expect(readOpsCommandLine(call.split(' '), commands, {})).toBeDefined();
});

it('the runbook says how dead letters are looked at and put back', () => {
  const inRunbook = calls.filter(([name]) => name === 'runbook.md').map(([, call]) => call);
  expect(inRunbook).toEqual(expect.arrayContaining(['dead-letters', 'redrive SUBSCRIBER', 'pipeline']));
});
