// What the process manager's queue brings: hints of its streams, and its timers.
import { timerIn } from '../../../spine/aws/sqs/timer-queue.ts';
import { decodeBundle } from '../../../spine/aws/wire/bundle-codec.ts';
import { idOf } from '../../../spine/kernel/envelope.ts';
import type { Hint } from '../../../spine/kernel/pipeline/bundle.ts';
import type { Timer } from '../../../spine/kernel/timers.ts';

export type Content = Hint | Timer;

export const isTimer = (content: Content): content is Timer => 'dueAt' in content;

export const isHint = (content: Content): content is Hint => !isTimer(content);

/** @throws MalformedTimerError, MalformedBundleError */
export function contentsOf(body: string): Content[] {
  const timer = timerIn(body);
  return timer ? [timer] : decodeBundle(body);
}

export const orderIdOf = (content: Content): string => (isTimer(content) ? content.processId : idOf(content.stream));
