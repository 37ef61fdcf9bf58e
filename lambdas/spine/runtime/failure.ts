// What operators are told of an error: a code and a message, short, and without what may identify a person.
import { EventspineError } from '../kernel/errors.ts';
import type { Failure } from '../kernel/pipeline/dead-letter.ts';

const MOST_CHARACTERS = 500;

export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: 'unknown', message: 'Something was thrown that is no error.' };
  const code = error instanceof EventspineError ? error.code : snakeCase(error.name);
  return { code, message: shortened(withoutPersons(error)) };
}

/** An error of JSON quotes what it could not parse (V8), and SES names the address that it refuses. */
const withoutPersons = ({ name, message }: Error): string =>
  name === 'SyntaxError'
    ? 'Something is not in the form that it should have.'
    : message.replace(/[^\s<>"',;:()]+@[^\s<>"',;()]+/g, '…@…');

function shortened(message: string): string {
  const characters = [...message.toWellFormed()];
  return characters.length <= MOST_CHARACTERS
    ? message.toWellFormed()
    : `${characters.slice(0, MOST_CHARACTERS - 1).join('')}…`;
}

/** `ThrottlingException` → `throttling_exception` */
const snakeCase = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/\W+/g, '_')
    .toLowerCase() || 'unknown';
