import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { logLine } from '../../../local/terminal/log-line.ts';

const here = fileURLToPath(import.meta.url);
const thrown = new RangeError('too far');
const [, lineOfThrown] = /log-line\.test\.ts:(\d+)/.exec(thrown.stack ?? '') ?? [];

describe('an entry of a function’s log in the terminal', () => {
  it('is one line without an error, with what it is about and nothing else of it', () => {
    const entry = {
      level: 'WARN',
      message: 'Not mailed',
      stream: 'order-1',
      email: 'ada@x.y',
    };
    expect(logLine('notifications', entry)).toBe('WARN notifications: Not mailed (stream order-1)');
  });

  it('shows what the application finds worth the room, beside that', () => {
    const entry = { level: 'WARN', message: 'Late', stream: 'loan-1', bookId: 'b-1', reader: 'ada' };
    expect(logLine('loans', entry, ['bookId'])).toBe('WARN loans: Late (stream loan-1; bookId b-1)');
  });

  it('shows an error with its correlation id, its place in our code, and the code there', () => {
    const error = { name: 'RangeError', message: 'too far', stack: thrown.stack };
    const text = logLine('query', { level: 'ERROR', message: 'It failed', correlationId: 'c-1', error });
    const [head, type, frame, code] = text.split('\n');
    expect(head).toBe('ERROR query: It failed (correlationId c-1)');
    expect(type).toBe('  RangeError: too far');
    expect(frame).toContain(`${here}:${lineOfThrown}:`);
    expect(code?.trim()).toBe(`${lineOfThrown} | const thrown = new RangeError('too far');`);
    expect(text).not.toContain('node_modules');
  });

  it('shows what the runtime tells of an error that a handler threw', () => {
    const stackTrace = ['TypeError: no TABLE', '    at handler (/elsewhere/index.mjs:1:2)'];
    const entry = { level: 'ERROR', message: 'Invoke Error', requestId: 'r-1', stackTrace };
    expect(logLine('relay', entry).split('\n')).toEqual([
      'ERROR relay: Invoke Error (requestId r-1)',
      '  TypeError: no TABLE',
      '    at handler (/elsewhere/index.mjs:1:2)',
    ]);
  });

  it('keeps every line of an error to a length that people read, however deep it was', () => {
    const stack = [
      'Error: deep',
      ...Array.from({ length: 80 }, (_, n) => `    at f${n} (/elsewhere/index.mjs:${n}:1)`),
    ];
    const text = logLine('relay', { level: 'ERROR', message: 'It failed', error: { stack: stack.join('\n') } });
    expect(text.split('\n').length).toBeLessThan(10);
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThan(120);
  });
});
