// The port to the queue that a subscriber consumes: what it had no time for goes there again.
import { EventspineError } from '../errors.ts';
import type { Hint } from './bundle.ts';

export class NotHandedOnError extends EventspineError {
  readonly code = 'not_handed_on';
}

export interface OwnQueue {
  /** Sends hints again. @throws NotHandedOnError when they did not all get through */
  handOn(hints: readonly Hint[]): Promise<void>;
}
