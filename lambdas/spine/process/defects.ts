// Errors that no waiting mends: they go to the dead-letter queue, and ring, within minutes and not after hours.
import { EventspineError } from '../kernel/errors.ts';

/** Of our own errors, those that say that the code or the data is wrong. */
const DEFECTS: readonly string[] = ['unreadable_event', 'process_stuck', 'malformed_timer'];

/** Of JavaScript's and zod's. */
const PROGRAMMING_ERRORS: readonly string[] = ['TypeError', 'RangeError', 'ReferenceError', 'ZodError'];

/** @param more codes of an application's errors that are defects too */
export const isDefect = (error: unknown, more: readonly string[] = []): boolean =>
  error instanceof EventspineError
    ? DEFECTS.includes(error.code) || more.includes(error.code)
    : error instanceof Error && PROGRAMMING_ERRORS.includes(error.name);
