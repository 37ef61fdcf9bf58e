// Records and settings of a stream for the tests of its processing.
import type { StreamSettings } from '../../../local/mappings/mapping-settings.ts';
import { streamSettings } from '../../../local/mappings/mapping-settings.ts';
import type { StreamRecord } from '../../../local/mappings/stream-record.ts';
import { mapping, streamArn } from '../services/resources.ts';

/** @param properties of the template, in place of the defaults */
export const settingsOf = (properties: Readonly<Record<string, unknown>> = {}): StreamSettings =>
  streamSettings(
    mapping({
      FunctionName: 'relay',
      EventSourceArn: streamArn('events'),
      StartingPosition: 'TRIM_HORIZON',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ...properties,
    }),
  );

export const record = (sequence: number, more: Partial<StreamRecord> = {}): StreamRecord => ({
  event: { sequence, key: more.partitionKey ?? 'a' },
  sequenceNumber: String(sequence),
  partitionKey: 'a',
  arrivedAt: Date.now(),
  sizeInBytes: 100,
  ...more,
});

export const records = (count: number): StreamRecord[] =>
  Array.from({ length: count }, (_, index) => record(index + 1));

export const sequencesOf = (batch: readonly Readonly<Record<string, unknown>>[]): unknown[] =>
  batch.map(({ sequence }) => sequence);
