import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { faultEndpoint, faultTargets } from '../../../local/faults/endpoint.ts';
import { withFaults } from '../../../local/faults/faulty-functions.ts';
import { PlannedFaults } from '../../../local/faults/planned-faults.ts';
import { ServiceFaults } from '../../../local/faults/service-faults.ts';
import type { WarmableFunctionHost } from '../../../local/functions/function-host.ts';
import { HttpServer } from '../../../local/gateway/http-server.ts';
import { withLocalEndpoints } from '../../../local/gateway/local-endpoints.ts';

/** Functions that answer how often they were invoked, with faults that are planned over HTTP. */
async function start() {
  let invocations = 0;
  const invoke = vi.fn<WarmableFunctionHost['invoke']>(async () => {
    invocations += 1;
    return { kind: 'success', payload: invocations };
  });
  const sound = { invoke, stats: () => [], stop: async () => {}, warm: async () => {} };
  const faults = new PlannedFaults();
  const lines: string[] = [];
  const functions = withFaults(sound, faults, (_name, _source, line) => lines.push(line));
  const names = new Map([
    ['stack-relay', 'relay'],
    ['stack-query', 'query'],
  ]);
  const server = await HttpServer.listen(0, () => {});
  onTestFinished(() => server.stop());
  const endpoints = faultEndpoint({
    functions: faults,
    services: new ServiceFaults(),
    targets: faultTargets(names, [{ functionName: 'stack-relay' }]),
    queues: [],
    say: () => {},
  });
  server.serve(withLocalEndpoints(endpoints, async () => ({ statusCode: 404 })));
  const post = async (body: unknown) => {
    const response = await fetch(`${server.url}/local/faults`, { method: 'POST', body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return {
    functions,
    lines,
    post,
    plan: (mode: string, times = 1, name = 'relay') => post({ function: name, mode, times }),
    relay: (...Records: unknown[]) => functions.invoke('stack-relay', { Records }),
    query: () => functions.invoke('stack-query', {}),
    /** What reached the functions: the event and the failure that was asked for. */
    reached: () => invoke.mock.calls.map(([, event, failure]) => [event, failure]),
  };
}

const success = (payload: unknown) => ({ kind: 'success', payload });

describe('a planned fault', () => {
  it.each(['throw', 'crash'])('%s fails as many invocations as asked for, and no more', async (mode) => {
    const { plan, relay, reached } = await start();
    await plan(mode, 2);
    for (let time = 1; time <= 3; time += 1) await relay('a');
    expect(reached().map(([, failure]) => failure)).toEqual([mode, mode, undefined]);
  });

  it('slow takes as much longer as asked for', async () => {
    const { post, relay, reached } = await start();
    await post({ function: 'relay', mode: 'slow', times: 1, millis: 250 });
    for (let time = 1; time <= 2; time += 1) await relay('a');
    expect(reached().map(([, failure]) => failure)).toEqual([{ slowByMillis: 250 }, undefined]);
  });

  it('ends when it is asked for no more times, and leaves those of other modes', async () => {
    const { plan, relay, reached } = await start();
    await plan('throw', 5);
    await plan('crash', 1);
    await relay('a');
    expect(await plan('throw', 0)).toMatchObject({ status: 200, body: { mode: 'throw', times: 0 } });
    for (let time = 1; time <= 2; time += 1) await relay('a');
    expect(reached().map(([, failure]) => failure)).toEqual(['throw', 'crash', undefined]);
  });

  it('duplicate invokes twice, one after the other, and the second answer counts', async () => {
    const { plan, relay, reached } = await start();
    await plan('duplicate');
    expect(await relay('a')).toEqual(success(2));
    expect(reached()).toEqual([
      [{ Records: ['a'] }, undefined],
      [{ Records: ['a'] }, undefined],
    ]);
  });

  it('shuffle brings the records in another order, every time', async () => {
    const { plan, relay, reached } = await start();
    await plan('shuffle', 50);
    for (let time = 1; time <= 50; time += 1) await relay('a', 'b');
    expect(reached()).toEqual(Array.from({ length: 50 }, () => [{ Records: ['b', 'a'] }, undefined]));
  });

  it('shuffle neither loses nor doubles a record', async () => {
    const { plan, relay, reached } = await start();
    await plan('shuffle');
    const records = Array.from({ length: 100 }, (_, index) => index);
    await relay(...records);
    const [[event] = []] = reached();
    const { Records } = event as { Records: number[] };
    expect(Records).not.toEqual(records);
    expect(Records.toSorted((one, other) => one - other)).toEqual(records);
  });

  it('drop answers for the function that all is handled', async () => {
    const { plan, relay, reached } = await start();
    await plan('drop');
    expect(await relay('a')).toEqual(success(null));
    expect(reached()).toEqual([]);
    expect(await relay('b')).toEqual(success(1));
  });

  it('leaves other functions alone', async () => {
    const { plan, query, reached } = await start();
    await plan('throw');
    await query();
    expect(reached()).toEqual([[{}, undefined]]);
  });

  it('comes after those planned before', async () => {
    const { plan, relay, reached } = await start();
    await plan('throw', 2);
    await plan('crash');
    for (let time = 1; time <= 4; time += 1) await relay('a');
    expect(reached().map(([, failure]) => failure)).toEqual(['throw', 'throw', 'crash', undefined]);
  });

  it('is logged when it happens', async () => {
    const { plan, relay, lines } = await start();
    await plan('drop');
    expect(lines).toEqual([]);
    await relay('a');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ level: 'WARN', functionName: 'stack-relay', mode: 'drop' }),
    ]);
  });
});

describe('the request for a fault', () => {
  it('is answered with what was planned', async () => {
    const { plan } = await start();
    expect(await plan('duplicate', 1000, 'query')).toEqual({
      status: 200,
      body: { function: 'query', mode: 'duplicate', times: 1000 },
    });
  });

  it.each([
    ['an unknown function', { function: 'nope' }, '/body/function', 'must be one of query, relay'],
    ['an unknown mode', { mode: 'melt' }, '/body/mode', 'must be one of throw, crash, duplicate, shuffle, drop, slow'],
    ['fewer times than none', { times: -1 }, '/body/times', 'must be a whole number from 0 to 1000'],
    ['too many times', { times: 1001 }, '/body/times', 'must be a whole number from 0 to 1000'],
    ['a part of a time', { times: 1.5 }, '/body/times', 'must be a whole number from 0 to 1000'],
    [
      'a shuffle of a function without batches',
      { function: 'query', mode: 'shuffle' },
      '/body/mode',
      'must be throw, crash, duplicate or slow for query, which gets no batches to shuffle',
    ],
    [
      'a drop for a function without batches',
      { function: 'query', mode: 'drop' },
      '/body/mode',
      'must be throw, crash, duplicate or slow for query, which gets no batches to drop',
    ],
    ['slowness of no length', { mode: 'slow' }, '/body/millis', 'must say how much longer each takes'],
    ['a length of another fault', { millis: 5 }, '/body/millis', 'must not be set but for mode slow'],
    ['something that is not known here', { when: 'now' }, '/body/when', 'is not known here'],
  ])('is refused with %s, and plans nothing', async (_name, change, pointer, detail) => {
    const { post, query, relay, reached } = await start();
    const { status, body } = await post({ function: 'relay', mode: 'throw', times: 1, ...change });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'validation_failed', errors: [{ pointer, detail }] });
    await relay('a');
    await query();
    expect(reached().map(([, failure]) => failure)).toEqual([undefined, undefined]);
  });
});
