// How long notifications that could not be sent now wait.
import { MAX_DELAY_IN_SECONDS } from '../aws/sqs/later-hints.ts';
import { CLAIM_IN_MILLIS } from './register.ts';
import type { Unsettled } from './unsettled.ts';

const SHORTEST_IN_SECONDS = 2;

/** Before the next try at least as much time passes as half of what has passed since the event, up to a quarter of an hour. */
export function pauseInSeconds(reason: Unsettled, now: Date, random: number): number {
  switch (reason.kind) {
    case 'no-time':
      return SHORTEST_IN_SECONDS;
    case 'held':
      return Math.ceil(CLAIM_IN_MILLIS / 1_000);
    case 'delayed': {
      const ageInSeconds = (now.getTime() - Date.parse(reason.since)) / 1_000;
      const pause = Math.ceil(ageInSeconds * (0.5 + random / 2));
      return Math.min(Math.max(pause, SHORTEST_IN_SECONDS), MAX_DELAY_IN_SECONDS);
    }
    default:
      return reason satisfies never;
  }
}
