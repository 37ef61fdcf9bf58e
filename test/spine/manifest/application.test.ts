import { expect, it } from 'vitest';
import { application } from '../../../lambdas/spine/manifest/application.ts';
import { functionEntriesOf } from '../../../lambdas/spine/manifest/entries.ts';
import type { FunctionDeclaration } from '../../../lambdas/spine/manifest/functions.ts';
import type { Application } from '../../../lambdas/spine/manifest/manifest.ts';
import { subscriptionsOf } from '../../../lambdas/spine/manifest/subscriptions.ts';
import { addToTally, getTally } from './tallies/operations.ts';
import { tallyApplication } from './tallies/tallies.ts';
import { tallies } from './tallies/tally.ts';

const { api, functions } = tallyApplication;
const [group] = api.groups;
const command = { kind: 'command', entry: 'command.ts', appends: ['tally'] } as const;

/** The application with a change, as a mistaken author would write it. */
const declared = (changes: Partial<Application>) => () =>
  application({ ...tallyApplication, ...changes } as Application);

const withFunction = (name: string, declaration: FunctionDeclaration) =>
  declared({ functions: { ...functions, [name]: declaration } });

const withOperations = (operations: object) =>
  declared({ api: { ...api, groups: [{ ...group, operations }] } as never });

it.each([
  ['a name that is not in kebab case', declared({ name: 'Tallies' }), 'must be in kebab case, got "Tallies"'],
  ['a function’s too', withFunction('tally_2', command), 'must be in kebab case, got "tally_2"'],
  ['a category with a hyphen', declared({ categories: ['tally', 'a-b'] }), 'got "a-b"'],
  ['a category twice', declared({ categories: ['tally', 'tally'] }), 'the category tally is listed twice'],
  ['a name of the spine', withFunction('relay', command), 'are called "relay"'],
  ['a name of the stacks', withFunction('work', command), 'a part of the stacks is called "work" already'],
  ['a function that is called as a read model', withFunction('tallies', command), 'are called "tallies"'],
  ['two query functions', withFunction('query-2', functions.query), 'one function of the kind query, got 2'],
  ['a projector without a read model', declared({ readModels: [] }), 'for 0 read models there must be 0'],
  ['an unknown category', withFunction('other', { ...command, appends: ['loan'] }), 'other names the category loan'],
  ['a read model of one', declared({ categories: ['loan'] }), 'tallies names the category tally'],
  [
    'an index that there is not',
    withFunction('other', {
      ...command,
      counts: { readModel: { name: 'tallies' }, index: { name: 'by-size', partitionKey: 'a', sortKey: 'b' } },
    }),
    'other counts by the index by-size of tallies, which does not exist',
  ],
  [
    'a command that no function answers',
    declared({ api: { ...api, groups: [{ ...group, commands: 'query' }] } as never }),
    'addToTally needs a function of the kind command, and the group Tallies names "query"',
  ],
  [
    'a query that nobody answers',
    declared({ api: { ...api, groups: [{ ...group, queries: undefined }] } as never }),
    'getTally needs queries, and the group Tallies has none',
  ],
  [
    'a route twice',
    withOperations({ getTally, again: getTally }),
    'two operations have the route GET /tallies/{tallyId}',
  ],
  ['an operation’s name twice', withOperations({ getHealth: addToTally }), 'two operations are called getHealth'],
  [
    'a signature that nobody explains',
    withOperations({ signed: { ...addToTally, access: 'signature' } }),
    'signed takes a signature, and the API names none',
  ],
])('refuses %s', (_mistake, declare, message) => {
  expect(declare).toThrow(message);
});

it('names every mistake at once, and whose they are', () => {
  const declare = declared({ categories: ['Tally'], functions: {} });
  expect(declare).toThrow(/^The manifest of tallies has mistakes: .*"Tally".*; .*query, got 0.*\.$/);
});

it('subscribes read models to what they fold, then functions to what they hear', () => {
  const withMore = application({
    ...tallyApplication,
    categories: ['tally', 'notification'],
    functions: {
      ...functions,
      notices: {
        ...{ kind: 'notifications', entry: 'n.ts', hears: ['tally'], register: 'notification' },
        ...{ recipients: 'counters', impact: 'Nobody is told.' },
      },
      reset: {
        ...{ kind: 'process', entry: 'p.ts', hears: ['tally'], appends: ['tally'], impact: 'It grows.' },
        streamsPerSecond: 5,
      },
    },
  });
  expect(subscriptionsOf(withMore)).toEqual([
    { name: tallies.name, categories: ['tally'] },
    { name: 'notices', categories: ['tally'], readsPersonal: true },
    { name: 'reset', categories: ['tally'], streamsPerSecond: 5 },
  ]);
});

it('bundles its own functions and the spine’s', () => {
  expect(Object.keys(functionEntriesOf(tallyApplication))).toEqual([
    ...['tally-command', 'query', 'projector'],
    ...['relay', 'fan-out', 'redrive', 'operations', 'invalidator'],
  ]);
});
