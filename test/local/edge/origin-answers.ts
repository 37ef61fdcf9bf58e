// What the origin behind a tested edge answers, and the clock that answers age by.
import { afterEach, beforeEach, vi } from 'vitest';
import type { HttpResponse } from '../../../local/gateway/http-exchange.ts';

export const kept = (seconds = 60) => ({
  'cache-control': `max-age=0, s-maxage=${seconds}, must-revalidate, stale-if-error=0`,
});

export const answer = (headers: Record<string, string> = {}, body = '{}'): HttpResponse => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json', etag: '"5"', ...kept(), ...headers },
  body,
});

/** A new body each time. */
export const counting = (headers?: Record<string, string>) => (_: unknown, count: number) =>
  answer(headers, `body ${count}`);

export const notModified = (etag = '"5"', headers = kept()): HttpResponse => ({
  statusCode: 304,
  headers: { etag, ...headers },
});

/** The tests of a file have a clock that stands until it is moved. */
export function clock(): { pass(seconds: number): void } {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: 1_800_000_000_000 }));
  afterEach(() => void vi.useRealTimers());
  return { pass: (seconds) => void vi.setSystemTime(Date.now() + seconds * 1000) };
}
