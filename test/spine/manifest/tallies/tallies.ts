import type { Api } from '../../../../lambdas/spine/http/api.ts';
import { application } from '../../../../lambdas/spine/manifest/application.ts';
import * as operations from './operations.ts';
import { tallies } from './tally.ts';
import { tallyQueries } from './tally-queries.ts';

const functions = 'test/spine/manifest/tallies/functions';

export const readModels = [tallies];

export const api: Api = {
  title: 'Tallies',
  version: '1.0.0',
  description: 'What was counted.',
  groups: [
    {
      tag: 'Tallies',
      description: 'Sums that grow.',
      commands: 'tally-command',
      queries: tallyQueries,
      operations,
    },
  ],
};

export const tallyApplication = /* @__PURE__ */ application({
  name: 'tallies',
  api,
  categories: ['tally'],
  readModels,
  functions: {
    'tally-command': { kind: 'command', entry: `${functions}/tally-command.ts`, appends: ['tally'] },
    query: { kind: 'query', entry: `${functions}/query.ts` },
    projector: { kind: 'projector', entry: `${functions}/projector.ts` },
  },
});
