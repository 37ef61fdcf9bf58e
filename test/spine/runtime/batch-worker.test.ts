// What becomes of a batch that has more in it than there is time for, and of one of which a part fails. Time is virtual.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeadLetter } from '../../../lambdas/spine/kernel/pipeline/dead-letter.ts';
import { type BatchWork, batchWorker } from '../../../lambdas/spine/runtime/batch-worker.ts';
import type { Invocation } from '../../../lambdas/spine/runtime/invocation.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());

interface Content {
  readonly stream: string;
  readonly correlationId: string;
  readonly time?: string;
}

const message = (messageId: string, ...streams: string[]) => ({ messageId, body: streams.join(' ') });
const contentsOf = (body: string): Content[] =>
  body.split(' ').map((stream) => ({ stream, correlationId: `c-${stream}` }));
const streamsOf = (contents: readonly Content[]) => contents.map(({ stream }) => stream).join(' ');

function invocationOf(seconds: number): Invocation {
  const end = Date.now() + seconds * 1_000;
  return { remainingInMillis: () => end - Date.now() };
}

const pause = (seconds: number) => new Promise<void>((resolve) => void setTimeout(resolve, seconds * 1_000));

async function handle(
  records: readonly { messageId: string; body: string }[],
  { work, ...others }: Partial<BatchWork<Content>> & Pick<BatchWork<Content>, 'work'>,
  seconds = 30,
) {
  const handedOn: string[] = [];
  const begun: string[] = [];
  const startedAt = Date.now();
  const worker = batchWorker<Content>({
    parse: contentsOf,
    keyOf: ({ stream }) => stream,
    concurrency: 2,
    handOn: async (contents) => void handedOn.push(streamsOf(contents)),
    ...others,
    work: (key, contents) => {
      begun.push(key);
      return work(key, contents);
    },
  });
  const answer = worker({ Records: records as never }, invocationOf(seconds));
  await vi.runAllTimersAsync();
  const { batchItemFailures } = await answer;
  const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  return { failed, handedOn, begun, tookInSeconds: (Date.now() - startedAt) / 1_000 };
}

const failing = (...poison: string[]) => ({
  work: async (key: string) => {
    if (poison.includes(key)) throw new Error('no');
  },
});

it('acknowledges what is done', async () => {
  expect(await handle([message('m1', 'A', 'B'), message('m2', 'C')], failing())).toMatchObject({
    failed: [],
    handedOn: [],
  });
});

it('works on what several messages have of one stream together', async () => {
  const seen: string[] = [];
  await handle([message('m1', 'A', 'B'), message('m2', 'A')], {
    work: async (_, contents) => void seen.push(streamsOf(contents)),
  });
  expect(seen).toEqual(['A A', 'B']);
});

it('begins nothing in the last third of its time, and sends that to its queue again: no message is delivered in vain', async () => {
  const streams = Array.from({ length: 100 }, (_, index) => `S${index}`);
  const records = [message('m1', ...streams.slice(0, 50)), message('m2', ...streams.slice(50))];
  const { failed, handedOn, begun } = await handle(records, { work: () => pause(1) });
  expect(failed).toEqual([]);
  expect(begun).toHaveLength(42);
  expect(handedOn).toEqual([streams.slice(42).join(' ')]);
});

it('answers before Lambda ends it when a stream hangs, which alone is delivered again', async () => {
  const hanging = { work: (key: string) => (key === 'H' ? pause(100) : pause(0.1)) };
  const { failed, handedOn, begun } = await handle([message('m1', 'H'), message('m2', 'A', 'B')], hanging);
  expect({ failed, handedOn, begun }).toEqual({ failed: ['m1'], handedOn: [], begun: ['H', 'A', 'B'] });
  const alone = batchWorker<Content>({
    parse: contentsOf,
    keyOf: ({ stream }) => stream,
    concurrency: 1,
    handOn: async () => undefined,
    ...hanging,
  })({ Records: [message('m1', 'H')] as never }, invocationOf(30));
  await vi.advanceTimersByTimeAsync(27_001);
  expect(await alone).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
});

it('parts what fails from what is done in its message', async () => {
  const { failed, handedOn } = await handle([message('m1', 'A', 'X', 'B', 'Y'), message('m2', 'C')], failing('X', 'Y'));
  expect({ failed, handedOn }).toEqual({ failed: [], handedOn: ['X Y'] });
});

it('leaves a message of nothing but failures to be delivered again, and in the end to be a dead letter', async () => {
  const { failed, handedOn } = await handle([message('m1', 'X', 'Y'), message('m2', 'X')], failing('X', 'Y'));
  expect({ failed, handedOn }).toEqual({ failed: ['m1', 'm2'], handedOn: [] });
});

it('parts what fails from what it had no time for', async () => {
  const work = async (key: string) => {
    await pause(21);
    if (key === 'X') throw new Error('no');
  };
  const { failed, handedOn } = await handle([message('m1', 'X', 'A', 'B')], { work });
  expect({ failed, handedOn }).toEqual({ failed: [], handedOn: ['B', 'X'] });
});

it('has a message delivered again when its rest cannot be handed on', async () => {
  const handOn = async () => Promise.reject(new Error('no queue'));
  const { failed } = await handle([message('m1', 'A', 'X'), message('m2', 'B')], { ...failing('X'), handOn });
  expect(failed).toEqual(['m1']);
});

it('has a message that cannot be read delivered again, alone', async () => {
  const parse = (body: string) => (body === '?' ? JSON.parse(body) : contentsOf(body));
  const { failed } = await handle([message('m1', '?'), message('m2', 'A')], { ...failing(), parse });
  expect(failed).toEqual(['m1']);
});

it('concludes with what is done, and has it delivered again when it cannot', async () => {
  const concluded: (readonly string[])[] = [];
  const conclude = async (keys: readonly string[]) => {
    concluded.push(keys);
    if (keys.includes('B')) throw new Error('no');
  };
  const records = [message('m1', 'A', 'X')];
  expect((await handle(records, { ...failing('X'), conclude })).handedOn).toEqual(['X']);
  expect((await handle([...records, message('m2', 'B')], { ...failing('X'), conclude })).failed).toEqual(['m1', 'm2']);
  expect(concluded).toEqual([['A'], ['A', 'B']]);
});

it('comes through a backlog of any size without a message that is delivered twice', async () => {
  const waiting = Array.from({ length: 10 }, (_, at) =>
    message(`m${at}`, ...Array.from({ length: 20 }, (_, i) => `S${at}-${i}`)),
  );
  const done = new Set<string>();
  let rounds = 0;
  while (waiting.length > 0 && rounds < 50) {
    rounds += 1;
    const { failed, handedOn } = await handle(waiting.splice(0, 10), {
      work: async (key) => {
        await pause(1);
        done.add(key);
      },
    });
    expect(failed).toEqual([]);
    for (const body of handedOn) waiting.push({ messageId: `r${rounds}`, body });
  }
  expect([done.size, rounds]).toEqual([200, 5]);
});

describe('the lag of a batch', () => {
  const at = Date.parse('2026-11-25T12:00:00.000Z');
  beforeEach(() => void vi.setSystemTime(at));

  /** `A:3` is about an event of stream A three seconds ago; `T` is about no event. */
  const timed = (body: string): Content[] =>
    contentsOf(body).map(({ stream, ...content }) => {
      const [name = '', ago] = stream.split(':');
      const time = ago === undefined ? {} : { time: new Date(at - Number(ago) * 1_000).toISOString() };
      return { ...content, ...time, stream: name };
    });

  async function lagsOf(
    records: Parameters<typeof handle>[0],
    work: Partial<BatchWork<Content>> & Pick<BatchWork<Content>, 'work'>,
  ): Promise<(readonly number[])[]> {
    const published: (readonly number[])[] = [];
    const lag = { now: () => new Date(), publish: (lags: readonly number[]) => void published.push(lags) };
    await handle(records, { parse: timed, lag, ...work });
    return published;
  }

  it('is told once, for each event, when its own stream is done', async () => {
    const work = (key: string) => pause(key === 'A' ? 0.5 : 2);
    expect(await lagsOf([message('m1', 'A:3', 'B:1'), message('m2', 'A:7')], { work })).toEqual([
      [3_500, 3_000, 7_500],
    ]);
  });

  it('is none where the clock of the event is ahead, and nothing for what is about no event', async () => {
    expect(await lagsOf([message('m1', 'A:-60', 'T')], { work: async () => undefined })).toEqual([[0]]);
    expect(await lagsOf([message('m1', 'T')], { work: async () => undefined })).toEqual([]);
  });

  it('is not told of what failed, waits, was cut off, or could not be concluded', async () => {
    const work = async (key: string) => {
      if (key === 'X') throw new Error('no');
      if (key === 'H') await pause(100);
      return key === 'W' ? ('waits' as const) : undefined;
    };
    expect(await lagsOf([message('m1', 'A:1', 'X:1', 'W:1', 'H:1')], { work })).toEqual([[1_000]]);
    const conclude = () => Promise.reject(new Error('no'));
    expect(await lagsOf([message('m1', 'A:1')], { work, conclude })).toEqual([]);
  });
});

describe('a message that fails at its last delivery', () => {
  const delivered = (messageId: string, receives: number, ...streams: string[]) => ({
    ...message(messageId, ...streams),
    attributes: {
      ApproximateReceiveCount: String(receives),
      ApproximateFirstReceiveTimestamp: '1795604400000',
      SentTimestamp: '1795600800000',
    },
  });
  const notedBy = (
    letters: DeadLetter[],
    note = async (letter: DeadLetter): Promise<void> => void letters.push(letter),
  ) => ({
    lastFailures: {
      subscriber: 'loans',
      deliveries: 5,
      letters: { note },
      now: () => new Date('2026-11-25T12:00:00.000Z'),
    },
  });

  it('is noted with its stream, its error and since when, and nothing else is', async () => {
    const letters: DeadLetter[] = [];
    const records = [delivered('m1', 5, 'A'), delivered('m2', 4, 'P'), delivered('m3', 5, 'P', 'P')];
    const { failed } = await handle(records, { ...failing('P'), ...notedBy(letters) });
    expect(failed).toEqual(['m2', 'm3']);
    expect(letters).toEqual([
      {
        ...{ id: 'm3', subscriber: 'loans', streams: [{ stream: 'P' }], attempts: 5 },
        ...{ error: { code: 'error', message: 'no' }, firstFailedAt: '2026-11-25T11:00:00.000Z' },
        ...{ lastFailedAt: '2026-11-25T12:00:00.000Z', keptUntil: '2026-12-09T10:00:00.000Z' },
      },
    ]);
  });

  it('is not noted while others of its message are done: what failed begins anew, alone', async () => {
    const letters: DeadLetter[] = [];
    const { failed, handedOn } = await handle([delivered('m1', 5, 'A', 'P')], { ...failing('P'), ...notedBy(letters) });
    expect({ failed, handedOn, letters }).toEqual({ failed: [], handedOn: ['P'], letters: [] });
  });

  it('is noted when it cannot be read, and when it was not done in time', async () => {
    const letters: DeadLetter[] = [];
    await handle([delivered('m1', 5, 'H'), delivered('m2', 6, 'X')], {
      parse: (body) => {
        if (body === 'X') throw new SyntaxError('no');
        return contentsOf(body);
      },
      work: () => pause(100),
      ...notedBy(letters),
    });
    expect(letters).toMatchObject([
      { id: 'm2', streams: [], attempts: 6, error: { code: 'syntax_error' } },
      { id: 'm1', streams: [{ stream: 'H' }], error: { code: 'out_of_time' } },
    ]);
  });

  it('is delivered all the same when the note fails, or hangs', async () => {
    const fails = notedBy([], async () => {
      throw new Error('no table');
    });
    expect((await handle([delivered('m1', 5, 'P')], { ...failing('P'), ...fails })).failed).toEqual(['m1']);
    const hangs = notedBy([], () => pause(60));
    const answer = await handle([delivered('m1', 5, 'P')], { ...failing('P'), ...hangs });
    expect(answer.failed).toEqual(['m1']);
  });
});
