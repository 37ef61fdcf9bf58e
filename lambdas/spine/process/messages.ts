// What a process's queue brings: hints of the streams that it hears, and its timers.
import { timerIn } from '../aws/sqs/timer-queue.ts';
import { decodeBundle } from '../aws/wire/bundle-codec.ts';
import { idOf } from '../kernel/envelope.ts';
import type { Hint } from '../kernel/pipeline/bundle.ts';
import type { Timer } from '../kernel/timers.ts';

export type Content = Hint | Timer;

export const isTimer = (content: Content): content is Timer => 'dueAt' in content;

export const isHint = (content: Content): content is Hint => !isTimer(content);

/** @throws MalformedTimerError, MalformedBundleError */
export function contentsOf(body: string): Content[] {
  const timer = timerIn(body);
  return timer ? [timer] : decodeBundle(body);
}

export const processIdOf = (content: Content): string => (isTimer(content) ? content.processId : idOf(content.stream));
