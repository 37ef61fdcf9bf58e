// The library, said once.
import type { Api } from '../../lambdas/spine/http/api.ts';
import { application } from '../../lambdas/spine/manifest/application.ts';
import { loans } from './loans.ts';
import * as operations from './operations.ts';
import { queries } from './queries.ts';

export const readModels = [loans];

export const api: Api = {
  title: 'Library',
  version: '0.1.0',
  description: 'Books that are lent, returned and overdue.',
  groups: [{ tag: 'Loans', description: 'Who has which book.', commands: 'loans-command', queries, operations }],
};

export const library = /* @__PURE__ */ application({
  name: 'library',
  api,
  categories: ['loan', 'overdue', 'notification'],
  readModels,
  functions: {
    'loans-command': { kind: 'command', entry: 'examples/library/functions/loans-command.ts', appends: ['loan'] },
    query: { kind: 'query', entry: 'examples/library/functions/query.ts' },
    projector: { kind: 'projector', entry: 'examples/library/functions/projector.ts' },
    sweeper: { kind: 'sweeper', entry: 'examples/library/functions/sweeper.ts' },
    audit: { kind: 'audit', entry: 'examples/library/functions/audit.ts' },
    'overdue-loans': {
      kind: 'process',
      entry: 'examples/library/functions/overdue-loans.ts',
      hears: ['loan'],
      appends: ['overdue', 'loan'],
      impact: 'Loans may not become overdue in time.',
    },
    notices: {
      kind: 'notifications',
      entry: 'examples/library/functions/notices.ts',
      hears: ['loan'],
      register: 'notification',
      recipients: 'readers',
      impact: 'Readers have not been told that a book is overdue.',
    },
  },
});
