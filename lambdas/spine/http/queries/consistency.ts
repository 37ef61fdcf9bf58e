// Consistency on demand: what a query's consistentWith may name.
import * as z from 'zod';
import { projections } from '../../../shop/read-models.ts';
import { categoryOf } from '../../kernel/envelope.ts';
import { categoriesOf } from '../../kernel/projections/projection.ts';
import { published } from '../published.ts';

export interface ConsistencyToken {
  readonly stream: string;
  readonly version: number;
}

/** The categories of streams that a read model is made of; of others nothing can be brought up to date. */
const categories = [...new Set(projections.flatMap(categoriesOf))].toSorted();

const id = '[A-Za-z0-9._~-]{1,128}';
const at = '@[1-9]\\d{0,8}';
const wellFormed = new RegExp(`^[a-z][a-z0-9]*-${id}${at}$`);

const consistencyToken = published(
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
    examples: ['order-01K9XJ6T5N3V8Q2R7W4Y1Z0B6C@1'],
  },
);

/** Repeatable: one value comes as a string, several as a list. */
const consistentWith = z
  .union([z.string().transform((token) => [token]), z.array(z.string())])
  .pipe(z.array(consistencyToken).max(5))
  .default([]);

export const reading = {
  consistentWith: published(consistentWith, {
    description: 'What the answer has to be as new as: Consistency-Tokens of commands',
  }),
};
