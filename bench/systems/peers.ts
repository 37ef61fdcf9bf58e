// The peers, pinned, in the forms in which they are measured.
import type { Progress } from '../suite/definition.ts';
import { CASTORE, castore } from './castore.ts';
import { EQUINOX, equinox } from './equinox.ts';
import type { System } from './system.ts';

const MAX_EVENTS = 10;

export const peerVersions = { ...CASTORE, ...EQUINOX };

export const peers = async (progress: Progress): Promise<System[]> => [
  await castore(progress),
  await equinox(progress),
  await equinox(progress, { maxEvents: MAX_EVENTS }),
  await equinox(progress, { maxEvents: MAX_EVENTS, hasSnapshot: true }),
];
