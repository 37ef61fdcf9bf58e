// Runs what the tutorial has its reader type while the library runs.
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectIn } from '../support/documents/project.ts';
import { runCommands } from '../support/documents/run-commands.ts';
import { isForLocalHost, shellBlocks } from '../support/documents/shell.ts';
import { type Eventspine, newDataDirectory, startEventspine } from '../support/eventspine.ts';

let host: Eventspine;

beforeAll(async () => {
  host = await startEventspine(await newDataDirectory(), {}, ['--app', 'examples/library']);
}, 60_000);
afterAll(async () => {
  await host.stop();
  await rm(host.dataDirectory, { recursive: true });
});

const tutorial = 'docs/tutorial.md';
const blocks = shellBlocks(tutorial, projectIn('.').read(tutorial)).filter(isForLocalHost);

it('the tutorial has commands for the local host', () => expect(blocks).not.toEqual([]));

it.each(blocks)(
  'the commands at line $line of the tutorial show what it says',
  async ({ commands }) => {
    const { said, failed } = await runCommands(commands, host.url);
    expect(failed, said).toBe('');
    for (const shown of [
      '"status":"lent"',
      '"status":"overdue"',
      '"subject":"Middlemarch is overdue"',
      '"version":3',
    ]) {
      expect(said).toContain(shown);
    }
  },
  60_000,
);
