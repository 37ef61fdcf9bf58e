import { application } from '../../../../lambdas/spine/manifest/application.ts';
import { api } from './api.ts';
import { tallies } from './tally.ts';

const functions = 'test/spine/manifest/tallies/functions';

export const tallyApplication = application({
  name: 'tallies',
  api,
  categories: ['tally'],
  readModels: [tallies],
  functions: {
    'tally-command': { kind: 'command', entry: `${functions}/tally-command.ts`, appends: ['tally'] },
    query: { kind: 'query', entry: `${functions}/query.ts` },
    projector: { kind: 'projector', entry: `${functions}/projector.ts` },
  },
});
