// Idempotency inside the commit: which keys a stream has seen, and what a repeated one means.
import { createHash } from 'node:crypto';
import type { Commit, IdempotencyMark, RememberedMark } from './envelope.ts';
import { lastVersion } from './envelope.ts';

/**
 * How many of a stream's newest keys are remembered beyond its newest snapshot, of callers and of the system itself each: however
 * many orders go through a product, the key by which stock was received is known when that is sent again.
 */
export const REMEMBERED_MARKS = 500;

/** 128 bits of SHA-256, in base64url: 22 characters. */
export const digest = (text: string): string =>
  createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');

export const idempotencyMark = (key: string, command: unknown): IdempotencyMark => ({
  key: digest(key),
  payload: digest(JSON.stringify(command)),
});

/** The stream's marks after the commit, the oldest of its kind beyond the limit forgotten. */
export function rememberMark(marks: readonly RememberedMark[], commit: Commit): readonly RememberedMark[] {
  if (!commit.idempotency) return marks;
  const isCallers = commit.actor !== undefined;
  const mark = { ...commit.idempotency, version: lastVersion(commit), ...(isCallers && { isCallers }) };
  const ofItsKind = marks.filter((each) => (each.isCallers ?? false) === isCallers);
  const forgotten = new Set(ofItsKind.slice(0, Math.max(0, ofItsKind.length + 1 - REMEMBERED_MARKS)));
  return [...marks.filter((each) => !forgotten.has(each)), mark];
}

export type KeyUse =
  | { readonly kind: 'new' }
  | { readonly kind: 'replay'; readonly version: number }
  | { readonly kind: 'reused' };

export function useOfKey(marks: readonly RememberedMark[], mark: IdempotencyMark | undefined): KeyUse {
  const seen = mark && marks.findLast(({ key }) => key === mark.key);
  if (!seen) return { kind: 'new' };
  return seen.payload === mark.payload ? { kind: 'replay', version: seen.version } : { kind: 'reused' };
}
