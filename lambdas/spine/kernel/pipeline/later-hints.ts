// The port to a subscriber's own queue for what it does later.
import type { Hint } from './bundle.ts';

export interface LaterHints {
  /**
   * Sends the hint without its events, which are in the event table.
   * @param delayInSeconds a whole number up to 900
   */
  send(hint: Hint, delayInSeconds: number): Promise<void>;
}
