// An idempotency mark: digests of a command's key and of what it stands for.
import { createHash } from 'node:crypto';
import type { IdempotencyMark } from '../envelope.ts';

/** 128 bits of SHA-256, in base64url: 22 characters. */
export const digest = (text: string): string =>
  createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');

export const idempotencyMark = (key: string, command: unknown): IdempotencyMark => ({
  key: digest(key),
  payload: digest(JSON.stringify(command)),
});
