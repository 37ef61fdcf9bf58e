// Idempotency inside the commit: which keys a stream has seen, and what a repeated one means.
import { createHash } from 'node:crypto';
import type { Commit, IdempotencyMark, RememberedMark } from './envelope.ts';
import { lastVersion } from './envelope.ts';

/** How many of a stream's newest keys are remembered beyond its newest snapshot. */
export const REMEMBERED_MARKS = 500;

/** 128 bits of SHA-256, in base64url: 22 characters. */
export const digest = (text: string): string =>
  createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');

export const idempotencyMark = (key: string, command: unknown): IdempotencyMark => ({
  key: digest(key),
  payload: digest(JSON.stringify(command)),
});

/** The stream's marks after the commit, the oldest beyond the limit forgotten. */
export function rememberMark(marks: readonly RememberedMark[], commit: Commit): readonly RememberedMark[] {
  if (!commit.idempotency) return marks;
  return [...marks, { ...commit.idempotency, version: lastVersion(commit) }].slice(-REMEMBERED_MARKS);
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
