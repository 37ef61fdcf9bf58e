import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFunctionLog } from '../../../../local/lifecycle/function-log.ts';
import { emptyDirectory } from './host-process.ts';

describe('the log of the functions', () => {
  it('keeps every line of this run as JSON, and shows errors and crashes', async () => {
    const directory = emptyDirectory();
    const file = join(directory, 'functions.log');
    writeFileSync(file, 'of the last run\n');
    const shown: string[] = [];
    const log = openFunctionLog(directory, (line) => shown.push(line));
    log.write('relay', 'stdout', '{"level":"INFO","message":"fine"}');
    log.write('relay', 'stderr', '{"level":"ERROR","message":"broken"}');
    log.write('relay', 'stdout', 'a note');
    log.write('relay', 'stderr', 'SyntaxError: no');
    await log.close();
    expect(
      readFileSync(file, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { level: 'INFO', message: 'fine' },
      { level: 'ERROR', message: 'broken' },
      { function: 'relay', source: 'stdout', message: 'a note' },
      { function: 'relay', source: 'stderr', message: 'SyntaxError: no' },
    ]);
    expect(shown).toEqual(['relay: {"level":"ERROR","message":"broken"}', 'relay: SyntaxError: no']);
  });
});
