// Readers, writers and invalidations in any order, with origin reads that take any time: no reader sees less than what was
// invalidated before it asked.
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HttpRequest, HttpResponse } from '../../../local/gateway/http-exchange.ts';
import { startEdge } from './fixture.ts';

type Step =
  | { readonly kind: 'read'; readonly order: number; readonly limit: number }
  | { readonly kind: 'write'; readonly order: number }
  | { readonly kind: 'answer'; readonly which: number }
  | { readonly kind: 'pass'; readonly seconds: number };

const orders = 2;
const order = fc.nat({ max: orders - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('read' as const), order, limit: fc.nat({ max: 1 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('write' as const), order }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('answer' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 40 }) }) },
);

/** Orders with versions behind an edge. The origin reads at once and answers when it is told to. */
class World {
  readonly #versions = Array<number>(orders).fill(1);
  readonly #held: (() => void)[] = [];
  readonly #edge = startEdge((request) => this.#answer(request));
  readonly #reads: Promise<{ readonly seen: number; readonly atLeast: number }>[] = [];

  async run(steps: readonly Step[]) {
    for (const each of steps) {
      this.#take(each);
      await nextTurn();
    }
    const reads = Promise.all(this.#reads);
    for (let left = this.#reads.length + 1; left > 0; left -= 1) {
      for (const answer of this.#held.splice(0)) answer();
      await nextTurn();
    }
    return await reads;
  }

  #take(each: Step): void {
    switch (each.kind) {
      case 'read': {
        const atLeast = this.#version(each.order);
        const read = this.#edge.get(`/orders/${each.order}?limit=${each.limit}`);
        this.#reads.push(read.then(({ body }) => ({ seen: Number(body), atLeast })));
        break;
      }
      case 'write':
        this.#versions[each.order] = this.#version(each.order) + 1;
        this.#edge.invalidate(each.order === 0 ? '#order-0' : `/orders/${each.order}*`);
        break;
      case 'answer':
        this.#held.splice(each.which % Math.max(1, this.#held.length), 1)[0]?.();
        break;
      case 'pass':
        vi.setSystemTime(Date.now() + each.seconds * 1000);
        break;
      default:
        each satisfies never;
    }
  }

  async #answer({ path, headers: { 'if-none-match': ifNoneMatch } }: HttpRequest): Promise<HttpResponse> {
    const order = Number(path.split('/')[2]);
    const version = this.#version(order);
    await new Promise<void>((answer) => this.#held.push(answer));
    const etag = `"${version}"`;
    const cacheControl = 's-maxage=30, stale-while-revalidate=5';
    const headers = { etag, 'cache-control': cacheControl, 'cache-tag': `order-${order}, order-detail` };
    return ifNoneMatch === etag ? { statusCode: 304, headers } : { statusCode: 200, headers, body: String(version) };
  }

  #version(order: number): number {
    return this.#versions[order] ?? 0;
  }
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: 1_800_000_000_000 }));
afterEach(() => void vi.useRealTimers());

describe('the edge', () => {
  it('never answers with less than what was invalidated before the request came', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        for (const { seen, atLeast } of await new World().run(steps)) expect(seen).toBeGreaterThanOrEqual(atLeast);
      }),
      { numRuns: 300 },
    );
  });
});
