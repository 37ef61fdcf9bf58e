// `npm run ops -- audit` as a client of the routes.
import { expect, it } from 'vitest';
import { run } from './run-command.ts';

const running = {
  ...{ auditId: 'a1', scope: 'full', state: 'running', streams: 1_200, behind: 2, repaired: 2, unreadable: 1 },
  ...{ outdated: 0, ahead: 0, parked: 0, stuck: 0, startedAt: '2026-01-01T00:00:00.000Z' },
  reported: [{ subscriber: 'loans', stream: 'loan-1', version: 3, code: 'unknown_event_type', message: 'No type X' }],
};
const found =
  'Audit a1 (full, since 2026-01-01T00:00:00.000Z) is done: 1,200 streams, 2 behind, 2 repaired, 1 unreadable\n' +
  '  loans  loan-1@3  unknown_event_type: No type X\n';

it('asks for one of what is recent, and does not wait for it', async () => {
  const { done, asked, out } = run('audit', [[202, { auditId: 'a1' }]]);
  await done;
  expect(asked).toEqual(['POST /ops/audits {"scope":"recent"}']);
  expect(out).toEqual(['Audit a1 of what is recent was asked for.\n']);
});

it('waits for one of everything, and names the streams that no telling helps, with the reason', async () => {
  const done = { ...running, state: 'done' };
  const {
    done: ended,
    asked,
    out,
  } = run('audit full --watch', [
    [202, { auditId: 'a1' }],
    [200, running],
    [200, done],
  ]);
  await ended;
  expect(asked).toEqual(['POST /ops/audits {"scope":"full"}', 'GET /ops/audits/a1', 'GET /ops/audits/a1']);
  expect(out.join('')).toBe(found);
});

it('tells programs all that the latest has found', async () => {
  const { done, asked, out } = run('audit --status latest --json', [[200, running]]);
  await done;
  expect(asked).toEqual(['GET /ops/audits/latest']);
  expect(JSON.parse(out.join(''))).toEqual(running);
});

it.each(['audit everything', 'audit recent full'])('refuses %s, and says what there is', async (line) => {
  await expect(run(line, []).done).rejects.toThrow('audit takes recent or full');
});
