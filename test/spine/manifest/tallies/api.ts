import type { Api } from '../../../../lambdas/spine/http/api.ts';
import * as operations from './operations.ts';

export const api: Api = {
  title: 'Tallies',
  version: '1.0.0',
  description: 'What was counted.',
  groups: [{ tag: 'Tallies', description: 'Sums that grow.', commands: 'tally-command', operations }],
};
