// `npm run ops -- rebuild` as a client of the routes.
import { describe, expect, it } from 'vitest';
import { readOpsCommandLine, usageOf } from '../../../lib/operations/command-line.ts';
import { commands } from '../../../lib/operations/commands.ts';
import { run } from './run-command.ts';

const estimate = { streams: 7_000, events: 100_000, readUnits: 1_500, writeUnits: 7_000, dollars: 0.0046, seconds: 90 };
const running = {
  ...{ rebuildId: 'r1', readModel: 'loans', state: 'running', swept: 40, total: 100, eventsPerSecond: 20 },
  ...{
    remainingSeconds: 3,
    written: 5,
    unreadable: 0,
    leftOut: [],
    dollars: 0.5,
    startedAt: '2026-01-01T00:00:00.000Z',
  },
};
const done = { ...running, state: 'done', swept: 100, remainingSeconds: undefined };

describe('ops rebuild', () => {
  it('tells what a rebuild takes before one begins', async () => {
    const { done: ended, asked, out } = run('rebuild loans --dry-run', [[200, { estimate }]]);
    await ended;
    expect(asked).toEqual(['POST /ops/rebuilds {"readModel":"loans","dryRun":true}']);
    expect(out.join('')).toBe(
      'loans: 7,000 streams, 100,000 events\n' +
        '  at most 1,500 read units, 7,000 write units, $0.004600\n  about 2 min\n',
    );
  });

  it('begins one, and watches it to its end with a bar', async () => {
    const {
      done: ended,
      asked,
      out,
      shown,
    } = run('rebuild loans --watch', [
      [202, { rebuildId: 'r1', estimate }],
      [200, running],
      [200, done],
    ]);
    await ended;
    expect(asked.slice(1)).toEqual(['GET /ops/rebuilds/r1', 'GET /ops/rebuilds/r1']);
    expect(shown[0]).toContain('█'.repeat(12) + '░'.repeat(18));
    expect(shown[0]).toContain(' 40 %  20 events/s, 3 s left');
    expect(out.at(-1)).toBe('Rebuild r1 of loans is done: 100 of 100 events, 5 rows written, $0.50\n');
  });

  it('gives programs JSON alone', async () => {
    const {
      done: ended,
      out,
      shown,
    } = run('rebuild loans --watch --json', [
      [202, { rebuildId: 'r1', estimate }],
      [200, done],
    ]);
    await ended;
    expect(JSON.parse(out.join(''))).toEqual(JSON.parse(JSON.stringify(done)));
    expect(shown).toEqual([]);
  });

  it('fails where the rebuild it watches is cancelled', async () => {
    const { done: ended } = run('rebuild --status r1 --watch', [[200, { ...running, state: 'cancelled' }]]);
    await expect(ended).rejects.toThrow('The rebuild of loans is cancelled.');
  });

  it('cancels', async () => {
    const { done: ended, asked } = run('rebuild --cancel r1', [[202, running]]);
    await ended;
    expect(asked).toEqual(['POST /ops/rebuilds/r1/cancel {}']);
  });

  it.each([
    ['--cancel', 'POST /ops/rebuilds/..%2F..%2Fhealth%3F/cancel {}'],
    ['--status', 'GET /ops/rebuilds/..%2F..%2Fhealth%3F'],
  ])('asks for nothing but a rebuild, whatever %s names', async (flag, request) => {
    const { done: ended, asked } = run(`rebuild ${flag} ../../health?`, [[200, running]]);
    await ended;
    expect(asked).toEqual([request]);
  });

  it('says what the API refused', async () => {
    const { done: ended } = run('rebuild loans', [[409, { code: 'rebuild_running' }]]);
    await expect(ended).rejects.toThrow(/rebuild_running/);
  });

  it('takes one read model', async () => {
    await expect(run('rebuild', []).done).rejects.toThrow(/npm run ops -- rebuild <readModel>/);
  });
});

describe('the command line of ops', () => {
  it('asks the local host unless it is told another API', () => {
    expect(readOpsCommandLine(['rebuild', 'a'], commands, {})?.apiUrl).toBe('http://127.0.0.1:3000');
    expect(readOpsCommandLine(['rebuild', 'a'], commands, { PORT: '4000' })?.apiUrl).toBe('http://127.0.0.1:4000');
    expect(readOpsCommandLine(['rebuild', 'a', '--api', 'https://a/', '--token', 't'], commands, {})).toMatchObject({
      ...{ apiUrl: 'https://a', token: 't' },
    });
  });

  it('helps, and says what is wrong', () => {
    for (const args of [[], ['--help'], ['rebuild', '--help']]) {
      expect(readOpsCommandLine(args, commands, {})).toBeUndefined();
    }
    expect(usageOf(commands)).toContain('rebuild <readModel>');
    for (const unknown of ['rebild', 'constructor', 'toString'])
      expect(() => readOpsCommandLine([unknown], commands, {})).toThrow(`There is no command ${unknown}`);
    expect(() => readOpsCommandLine(['rebuild', '--dry'], commands, {})).toThrow(/--dry/);
    expect(() => readOpsCommandLine(['rebuild', '--api', 'x'], commands, {})).toThrow(/--api must be an address/);
  });
});
