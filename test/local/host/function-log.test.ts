import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFunctionLog } from '../../../local/lifecycle/function-log.ts';
import { emptyDirectory } from './host-process.ts';

async function shownOf(lines: readonly (readonly ['stdout' | 'stderr', string])[], quiet: boolean) {
  const directory = emptyDirectory();
  const file = join(directory, 'functions.log');
  writeFileSync(file, 'of the last run\n');
  const shown: string[] = [];
  const log = openFunctionLog(directory, { show: (text) => shown.push(text), nameOf: (name) => `the ${name}`, quiet });
  for (const [source, line] of lines) log.write('relay', source, line);
  await log.close();
  const kept = readFileSync(file, 'utf8').trimEnd().split('\n');
  return { shown, kept: kept.map((line) => JSON.parse(line)) };
}

const lines = [
  ['stdout', '{"level":"INFO","message":"fine"}'],
  ['stdout', '{"level":"WARN","message":"odd"}'],
  ['stderr', '{"level":"ERROR","message":"broken"}'],
  ['stdout', 'a note'],
  ['stderr', 'SyntaxError: no'],
] as const;

describe('the log of the functions', () => {
  it('keeps every line of this run as JSON, and shows warnings, errors and crashes', async () => {
    const { shown, kept } = await shownOf(lines, false);
    expect(kept).toEqual([
      { level: 'INFO', message: 'fine' },
      { level: 'WARN', message: 'odd' },
      { level: 'ERROR', message: 'broken' },
      { function: 'relay', source: 'stdout', message: 'a note' },
      { function: 'relay', source: 'stderr', message: 'SyntaxError: no' },
    ]);
    expect(shown).toEqual(['WARN the relay: odd', 'ERROR the relay: broken', 'the relay: SyntaxError: no']);
  });

  it('shows no warning when it is to be quiet', async () => {
    const { shown, kept } = await shownOf(lines, true);
    expect(kept).toHaveLength(lines.length);
    expect(shown).toEqual(['ERROR the relay: broken', 'the relay: SyntaxError: no']);
  });
});
