// Consistency on demand: what a query's consistentWith may name.
import * as z from 'zod';
import { categoryOf } from '../../kernel/envelope.ts';
import { categoriesOf, type Projection } from '../../kernel/projections/projection.ts';
import type { Specialised } from '../openapi/schemas.ts';
import { published } from '../published.ts';
import type { QueryCheck } from '../request/request.ts';

export interface ConsistencyToken {
  readonly stream: string;
  readonly version: number;
}

const id = '[A-Za-z0-9._~-]{1,128}';
const at = '@[1-9]\\d{0,8}';
const category = '[a-z][a-z0-9]*';
const wellFormed = new RegExp(`^${category}-${id}${at}$`);

const consistencyToken = published(
  z
    .string()
    .regex(wellFormed, { error: 'must be a Consistency-Token: <stream>@<version>', abort: true })
    .transform((token): ConsistencyToken => {
      const [stream = '', version] = token.split('@');
      return { stream, version: Number(version) };
    }),
  {
    id: 'ConsistencyToken',
    description: '<stream>@<version>, as commands answer it in their header Consistency-Token',
    type: 'string',
    pattern: wellFormed.source,
  },
);

/** Repeatable: one value comes as a string, several as a list. */
const tokens = z
  .union([z.string().transform((token) => [token]), z.array(z.string())])
  .pipe(z.array(consistencyToken).max(5))
  .default([]);

/**
 * The parameter by which every query takes consistency tokens.
 * @example z.strictObject({ ...reading, status: z.enum(['lent', 'returned']) })
 */
export const reading = {
  consistentWith: published(tokens, {
    description: 'What the answer has to be as new as: Consistency-Tokens of commands',
  }),
};

export interface TokenRule {
  /** Finds tokens of streams that no query shows. */
  readonly check: QueryCheck;
  /** The pattern of those that are taken, for the document. */
  readonly specialised: Specialised;
}

/**
 * A token may name any stream that the read models fold; no other can be brought up to date.
 * @param projections of all read models of the application
 */
export function tokenRule(projections: readonly Pick<Projection<unknown>, 'folds'>[]): TokenRule {
  const categories = [...new Set(projections.flatMap(categoriesOf))].toSorted();
  const isUnknown = (token: string) => wellFormed.test(token) && !categories.includes(categoryOf(token));
  const detail = `must name a stream that queries show: one of the category ${categories.join(' or ')}`;
  const published = {
    pattern: `^(${categories.join('|')})-${id}${at}$`,
    examples: [`${categories[0]}-01K9XJ6T5N3V8Q2R7W4Y1Z0B6C@1`],
  };
  return {
    check: ({ consistentWith = [] }) =>
      [consistentWith]
        .flat()
        .flatMap((token, index) => (isUnknown(token) ? [{ pointer: `/query/consistentWith/${index}`, detail }] : [])),
    specialised: new Map([[consistencyToken, published]]),
  };
}
