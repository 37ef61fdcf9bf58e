import * as z from 'zod';
import type { Operation } from '../../../../lambdas/spine/http/operation.ts';
import { reading } from '../../../../lambdas/spine/http/queries/consistency.ts';

const path = z.strictObject({ tallyId: z.string().regex(/^[a-z0-9]{1,20}$/) });
const version = z.int().min(1);

export const addToTally = {
  route: 'POST /tallies/{tallyId}',
  summary: 'Add to a tally',
  access: 'customer',
  path,
  body: z.strictObject({ amount: z.int() }),
  example: { amount: 1 },
  success: { status: 200, schema: z.strictObject({ version }) },
  problems: [],
} as const satisfies Operation;

export const getTally = {
  route: 'GET /tallies/{tallyId}',
  summary: 'A tally as it stands',
  access: 'public',
  path,
  query: z.strictObject({ ...reading }),
  success: { status: 200, schema: z.strictObject({ sum: z.int(), version }) },
  problems: ['not_found'],
} as const satisfies Operation;
