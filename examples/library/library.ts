// The library, said once.
import { application } from '../../lambdas/spine/manifest/application.ts';
import { api } from './api.ts';
import { loans } from './loans.ts';

const functions = 'examples/library/functions';

export const library = application({
  name: 'library',
  api,
  categories: ['loan', 'overdue', 'notification'],
  readModels: [loans],
  functions: {
    'loans-command': { kind: 'command', entry: `${functions}/loans-command.ts`, appends: ['loan'] },
    query: { kind: 'query', entry: `${functions}/query.ts` },
    projector: { kind: 'projector', entry: `${functions}/projector.ts` },
    sweeper: { kind: 'sweeper', entry: `${functions}/sweeper.ts` },
    'overdue-loans': {
      kind: 'process',
      entry: `${functions}/overdue-loans.ts`,
      hears: ['loan'],
      appends: ['overdue', 'loan'],
      impact: 'Loans may not become overdue in time.',
    },
    notices: {
      kind: 'notifications',
      entry: `${functions}/notices.ts`,
      hears: ['loan'],
      register: 'notification',
      recipients: 'readers',
      impact: 'Readers have not been told that a book is overdue.',
    },
  },
});
