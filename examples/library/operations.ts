// What readers and librarians may do: what is accepted and answered.
import * as z from 'zod';
import type { Operation } from '../../lambdas/spine/http/operation.ts';
import { reading } from '../../lambdas/spine/http/queries/consistency.ts';
import { idNamed, instant, paging, text, version } from '../../lambdas/spine/http/values.ts';

const loanId = idNamed('LoanId');
const ofLoan = { access: 'customer', path: z.strictObject({ loanId }), problems: ['not_found'] } as const;
const accepted = z.strictObject({ loanId, version });
const status = z.enum(['lent', 'overdue', 'returned']);
const loan = z.strictObject({ loanId, readerId: z.string(), title: z.string(), dueAt: instant, status, version });

export const lendBook = {
  route: 'POST /loans',
  summary: 'Borrow a book until a time within the next 28 days',
  access: 'customer',
  body: z.strictObject({ title: text(200), dueAt: instant }),
  example: { title: 'Middlemarch', dueAt: '2026-12-24T12:00:00.000Z' },
  success: { status: 201, schema: accepted },
  problems: ['due_date_out_of_range'],
} as const satisfies Operation;

export const returnBook = {
  ...ofLoan,
  route: 'POST /loans/{loanId}/return',
  summary: 'Return a book; librarians take back that of any reader',
  body: z.strictObject({}),
  example: {},
  success: { status: 200, schema: accepted },
} as const satisfies Operation;

export const getLoan = {
  ...ofLoan,
  route: 'GET /loans/{loanId}',
  summary: 'A loan of the caller; librarians see that of any reader',
  query: z.strictObject({ ...reading }),
  success: { status: 200, schema: loan },
} as const satisfies Operation;

export const getReaderLoans = {
  route: 'GET /readers/{readerId}/loans',
  summary: 'A reader’s loans, the last due first; `me` is the caller',
  access: 'customer',
  path: z.strictObject({ readerId: z.string().min(1).max(256) }),
  query: z.strictObject({ ...reading, ...paging }),
  success: { status: 200, schema: z.strictObject({ loans: z.array(loan), nextCursor: z.string().optional() }) },
  problems: ['not_found'],
} as const satisfies Operation;
