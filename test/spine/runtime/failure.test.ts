import { expect, it } from 'vitest';
import { UnreadableEventError } from '../../../lambdas/spine/kernel/errors.ts';
import { failureOf } from '../../../lambdas/spine/runtime/failure.ts';

const named = (name: string, message: string) => Object.assign(new Error(message), { name });

it('an error of ours has its code, another’s its name', () => {
  expect(failureOf(new UnreadableEventError('No “Lent”'))).toEqual({ code: 'unreadable_event', message: 'No “Lent”' });
  expect(failureOf(named('ThrottlingException', 'Slow down')).code).toBe('throttling_exception');
  expect(failureOf('a text')).toEqual({ code: 'unknown', message: 'Something was thrown that is no error.' });
});

it('tells no address, and nothing that a parser quotes', () => {
  const refused = failureOf(named('MessageRejected', 'Not verified: Jane <jane.doe@example.org>, a+b@c.de'));
  expect(refused.message).toBe('Not verified: Jane <…@…>, …@…');
  let parsing: unknown;
  try {
    JSON.parse('{"email": jane@example.org}');
  } catch (error) {
    parsing = error;
  }
  expect(JSON.stringify(failureOf(parsing))).not.toContain('jane');
});

it('is short, and text whatever it quotes', () => {
  const { message } = failureOf(new Error(`\ud800${'\u{1f4da}'.repeat(600)}`));
  expect([...message]).toHaveLength(500);
  expect(message.isWellFormed()).toBe(true);
});
