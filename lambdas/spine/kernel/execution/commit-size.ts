// What a commit weighs in the event table, by AWS's rules: names of attributes and text in UTF-8, binary values as they are, a
// number a byte for two digits and one more
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html).
import type { Commit, Riders } from '../envelope.ts';

/** A write is paid by the kilobyte begun. */
export const UNIT_IN_BYTES = 1024;

/**
 * Riders never make an item larger than this: 10 KB below what DynamoDB takes
 * (400 KB: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html).
 */
export const MOST_BYTES_WITH_RIDERS = 390 * 1024;

export const unitsOf = (bytes: number): number => Math.ceil(bytes / UNIT_IN_BYTES);

const text = (name: string, value: string | undefined): number =>
  value === undefined ? 0 : name.length + Buffer.byteLength(value);

const binary = (name: string, value: Uint8Array | undefined): number =>
  value === undefined ? 0 : name.length + value.length;

export const riderBytes = ({ state, keys, run }: Riders): number =>
  binary('state', state) + binary('keys', keys) + binary('run', run);

/** Of the whole item. */
export function commitBytes({ version, events, idempotency, snapshot, riders = {}, ...commit }: Commit): number {
  return (
    text('stream', commit.stream) +
    ('version'.length + Math.ceil(String(version).length / 2) + 1) +
    text('id', commit.id) +
    text('time', commit.time) +
    text('correlationId', commit.correlationId) +
    text('causationId', commit.causationId) +
    text('events', JSON.stringify(events)) +
    text('actor', commit.actor) +
    text('key', idempotency?.key) +
    text('payload', idempotency?.payload) +
    text('snapshot', snapshot && JSON.stringify(snapshot)) +
    riderBytes(riders)
  );
}

export const commitUnits = (commit: Commit): number => unitsOf(commitBytes(commit));
