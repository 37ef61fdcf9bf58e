// Hints packed for wire version 2: in columns, which put similar values side by side, then deflated, then in base64, which is
// ASCII.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { WireHint } from './wire-hint.ts';

/**
 * The most that a packed bundle may inflate to: sixteen times what today's writers pack. Deflate makes up to a thousand bytes of
 * one (https://zlib.net/zlib_tech.html), and a message of a megabyte would take the memory of the function that opens it.
 */
export const MAX_INFLATED_BYTES = 4 * 1024 * 1024;

/** Milliseconds since the previous hint; a time in another format is kept as text. */
type WireTime = number | string;

/** The fields of {@link WireHint}, each in a column. */
interface Columns {
  /** Each stream once. */
  readonly s: readonly string[];
  /** Of each hint, the place of its stream. */
  readonly n: readonly number[];
  readonly v: readonly number[];
  readonly i: readonly string[];
  readonly t: readonly WireTime[];
  readonly c: readonly string[];
  readonly x: readonly string[];
  /** `null` where there is none. */
  readonly a: readonly (string | null)[];
  readonly e: readonly WireHint['e'][];
}

export const pack = (hints: readonly WireHint[]): string =>
  deflateRawSync(JSON.stringify(toColumns(hints))).toString('base64');

/** @throws Error when it is not what `pack` made, or inflates to more than {@link MAX_INFLATED_BYTES} */
export function unpack(packed: string): WireHint[] {
  const json = inflateRawSync(Buffer.from(packed, 'base64'), { maxOutputLength: MAX_INFLATED_BYTES });
  return fromColumns(JSON.parse(json.toString('utf8')) as Columns);
}

function toColumns(hints: readonly WireHint[]): Columns {
  const streams = [...new Set(hints.map(({ s }) => s))];
  const places = new Map(streams.map((stream, place) => [stream, place]));
  return {
    s: streams,
    n: hints.map(({ s }) => places.get(s) ?? 0),
    v: hints.map(({ v }) => v),
    i: hints.map(({ i }) => i),
    t: sinceEachBefore(hints.map(({ t }) => t)),
    c: hints.map(({ c }) => c),
    x: hints.map(({ x }) => x),
    a: hints.map(({ a }) => a ?? null),
    e: hints.map(({ e }) => e),
  };
}

function fromColumns({ s, n, v, i, t, c, x, a, e }: Columns): WireHint[] {
  if ([v, i, t, c, x, a, e].some(({ length }) => length !== n.length)) throw new RangeError('Columns differ in length');
  if (n.some((place) => s[place] === undefined)) throw new RangeError('A hint is of no stream');
  const times = inFull(t);
  return n.map((place, row) => {
    const actor = a[row];
    const hint = { s: s[place], v: v[row], i: i[row], t: times[row], c: c[row], x: x[row], e: e[row] };
    return { ...hint, ...(actor !== null && { a: actor }) } as WireHint;
  });
}

function sinceEachBefore(times: readonly string[]): WireTime[] {
  let before = 0;
  return times.map((time) => {
    const millis = Date.parse(time);
    if (Number.isNaN(millis) || new Date(millis).toISOString() !== time) return time;
    const since = millis - before;
    before = millis;
    return since;
  });
}

function inFull(times: readonly WireTime[]): string[] {
  let before = 0;
  return times.map((time) => {
    if (typeof time === 'string') return time;
    before += time;
    return new Date(before).toISOString();
  });
}
