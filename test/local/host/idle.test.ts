import { describe, expect, it } from 'vitest';
import { type Hops, isIdle } from '../../../local/status/idle.ts';

interface Counts {
  requests: number;
  changeStream: number;
  eventStream: number;
  visible: number;
  inFlight: number;
  delayed: number;
  retries: number;
  deadLetters: number;
  held: number;
  generation: number;
}

const atRest: Counts = {
  requests: 0,
  changeStream: 0,
  eventStream: 0,
  visible: 0,
  inFlight: 0,
  delayed: 0,
  retries: 0,
  deadLetters: 0,
  held: 0,
  generation: 7,
};

/** @param onQueues what happens elsewhere while the queues are being counted */
const hopsOf = (counts: Counts, onQueues: (look: number) => void = () => {}): Hops => {
  let looks = 0;
  return {
    requestsInFlight: () => counts.requests,
    changeStreamPending: () => counts.changeStream,
    eventStreamPending: () => counts.eventStream,
    queues: async () => {
      looks += 1;
      onQueues(looks);
      const { visible, inFlight, delayed, deadLetters } = counts;
      return [{ name: 'order-detail', visible, inFlight, delayed, deadLetters }];
    },
    retriesPending: () => counts.retries,
    queueMappingsPending: () => counts.held,
    generation: () => counts.generation,
  };
};

describe('the host', () => {
  it('is idle when nothing is on its way', async () => {
    expect(await isIdle(hopsOf(atRest))).toBe(true);
  });

  it('is idle with dead letters: nothing will happen to them', async () => {
    expect(await isIdle(hopsOf({ ...atRest, deadLetters: 3 }))).toBe(true);
  });

  it('is idle while a timer waits for its hour', async () => {
    expect(await isIdle(hopsOf({ ...atRest, delayed: 1 }))).toBe(true);
  });

  it.each(['requests', 'changeStream', 'eventStream', 'visible', 'inFlight', 'retries', 'held'] as const)(
    'is not idle with something counted under %s',
    async (hop) => {
      expect(await isIdle(hopsOf({ ...atRest, [hop]: 1 }))).toBe(false);
    },
  );

  it('is not idle when a request came and went while it looked', async () => {
    const counts = { ...atRest };
    const passBy = () => {
      counts.generation += 1;
    };
    expect(await isIdle(hopsOf(counts, passBy))).toBe(false);
  });

  it('is not idle when an event turns up upstream of where it looks, as after a report that came late', async () => {
    const counts = { ...atRest };
    const turnUp = (look: number) => {
      if (look === 1) counts.changeStream = 1;
    };
    expect(await isIdle(hopsOf(counts, turnUp))).toBe(false);
  });

  it('is not idle when a function passes a message on from a queue not yet counted to one that was, and that is done too', async () => {
    const counts = { ...atRest };
    const empty = { visible: 0, inFlight: 0, delayed: 0, deadLetters: 0 };
    const queues = async () => {
      // The projector ends and its message is deleted; the invalidator, too, before the next look.
      counts.generation += 1;
      return [
        { name: 'invalidation', ...empty },
        { name: 'order-detail', ...empty },
      ];
    };
    expect(await isIdle({ ...hopsOf(counts), queues })).toBe(false);
  });

  it('is not idle however an event moves from hop to hop between any two looks', async () => {
    const path = ['requests', 'changeStream', 'eventStream', 'visible', 'inFlight'] as const;
    for (let start = 0; start < path.length; start += 1) {
      for (const steps of [0, 1, 2]) {
        const counts = { ...atRest };
        let at = start;
        const show = () => {
          for (const [index, hop] of path.entries()) counts[hop] = index === at ? 1 : 0;
        };
        show();
        const hops = hopsOf(counts, () => {
          at = Math.min(at + steps, path.length - 1);
          show();
        });
        expect(await isIdle(hops)).toBe(false);
      }
    }
  });
});
