import { createHash } from 'node:crypto';

/** The lane of a stream: its commits stay in order because they share one. */
export const laneOf = (stream: string, lanes: number): number =>
  createHash('sha256').update(stream).digest().readUInt32BE() % lanes;
