// Consistency on demand: what a query's consistentWith may name.
import * as z from 'zod';
import { categoryOf } from '../../kernel/envelope.ts';
import { categoriesOf, type Projection } from '../../kernel/projections/projection.ts';
import { published } from '../published.ts';

export interface ConsistencyToken {
  readonly stream: string;
  readonly version: number;
}

const id = '[A-Za-z0-9._~-]{1,128}';
const at = '@[1-9]\\d{0,8}';
const wellFormed = new RegExp(`^[a-z][a-z0-9]*-${id}${at}$`);

const consistencyToken = (categories: readonly string[]) =>
  published(
    z
      .string()
      .regex(wellFormed, { error: 'must be a Consistency-Token: <stream>@<version>', abort: true })
      .refine((token) => categories.includes(categoryOf(token)), {
        error: `must name a stream that queries show: one of the category ${categories.join(' or ')}`,
      })
      .transform((token): ConsistencyToken => {
        const [stream = '', version] = token.split('@');
        return { stream, version: Number(version) };
      }),
    {
      id: 'ConsistencyToken',
      description: '<stream>@<version>, as commands answer it in their header Consistency-Token',
      type: 'string',
      pattern: `^(${categories.join('|')})-${id}${at}$`,
      examples: [`${categories[0]}-01K9XJ6T5N3V8Q2R7W4Y1Z0B6C@1`],
    },
  );

/** Repeatable: one value comes as a string, several as a list. */
const tokens = (categories: readonly string[]) =>
  z
    .union([z.string().transform((token) => [token]), z.array(z.string())])
    .pipe(z.array(consistencyToken(categories)).max(5))
    .default([]);

/**
 * The parameter by which every query of an application takes consistency tokens. To be called once: the document has one such schema.
 * @param projections of all read models: a token may name any stream that they fold; no other can be brought up to date
 * @example z.strictObject({ ...readingOf([loansByMember]), status: z.enum(['lent', 'returned']) })
 */
export function readingOf(projections: readonly Pick<Projection<unknown>, 'folds'>[]) {
  const categories = [...new Set(projections.flatMap(categoriesOf))].toSorted();
  return {
    consistentWith: published(tokens(categories), {
      description: 'What the answer has to be as new as: Consistency-Tokens of commands',
    }),
  };
}
