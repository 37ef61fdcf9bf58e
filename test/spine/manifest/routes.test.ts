import { expect, it } from 'vitest';
import type { Operation } from '../../../lambdas/spine/http/operation.ts';
import { routesOf } from '../../../lambdas/spine/manifest/routes.ts';
import { cachingByPath } from '../../../lib/spine/edge/caching-by-path.ts';
import { tallyApplication } from './tallies/tallies.ts';

const read = (path: string, more: Partial<Operation> = {}): Operation =>
  ({
    route: `GET ${path}`,
    summary: '',
    access: 'public',
    success: { status: 200 },
    problems: [],
    ...more,
  }) as Operation;

const routesWith = (...operations: readonly Operation[]) =>
  routesOf({
    ...tallyApplication,
    api: {
      ...tallyApplication.api,
      groups: [{ tag: 'T', description: '', operations: Object.fromEntries(operations.entries()) }],
    },
  });

const patternsOf = (...operations: readonly Operation[]) => {
  const { '/docs': _, '/openapi.json': __, ...own } = cachingByPath(routesWith(...operations));
  return Object.entries(own);
};

it('sends GET and what nobody knows to the query function, and commands to their group’s', () => {
  const functions = routesOf(tallyApplication).map((route) => `${route.key}: ${route.function}`);
  expect(functions).toContain('POST /tallies/{tallyId}: tally-command');
  expect(functions).toContain('HEAD /tallies/{tallyId}: query');
  expect(functions.at(-1)).toBe('$default: query');
});

it.each([
  ['public', 'public'],
  ['signature', 'public'],
  ['customer', 'token'],
  ['staff', 'token'],
] as const)('of the access %s the gateway makes %s', (access, expected) => {
  expect(routesWith(read('/a', { access }))[0]).toMatchObject({ access: expected });
});

it('gives a read the whole throttle, a write a fifth, HEAD a tenth of its GET, and each what its operation says', () => {
  const shares = Object.fromEntries(routesOf(tallyApplication).map(({ key, throttleShare }) => [key, throttleShare]));
  expect(shares).toMatchObject({
    'GET /tallies/{tallyId}': 1,
    'HEAD /tallies/{tallyId}': 0.1,
    'POST /tallies/{tallyId}': 0.2,
    $default: 0.1,
  });
  expect(routesWith(read('/a', { throttleShare: 0.5 }))[0]).toMatchObject({ throttleShare: 0.5 });
});

it('keeps with one pattern what a first segment has, if all of it is kept alike', () => {
  const own = { access: 'customer' } as const;
  expect(patternsOf(read('/a'), read('/a/{id}'))).toEqual([['/a*', 'public']]);
  expect(patternsOf(read('/a/{id}', own), read('/a/{id}/b', own))).toEqual([['/a/*', 'private']]);
  expect(patternsOf(read('/a'))).toEqual([['/a', 'public']]);
});

it('does not let a pattern reach into another first segment', () => {
  const patterns = patternsOf(read('/a'), read('/a/{id}'), read('/ab', { access: 'staff' }));
  expect(patterns).toEqual(
    expect.arrayContaining([
      ['/a', 'public'],
      ['/a/*', 'public'],
      ['/ab', 'private'],
    ]),
  );
  expect(patterns).toHaveLength(3);
});

it('tries the more particular first where what is public and what is private lie below one another', () => {
  const patterns = patternsOf(read('/a/{id}'), read('/a/{id}/mine', { access: 'customer' }), read('/a/top'));
  expect(patterns).toEqual([
    ['/a/*/mine', 'private'],
    ['/a/top', 'public'],
    ['/a/*', 'public'],
  ]);
});

it('keeps nothing of a route that says so', () => {
  expect(patternsOf(read('/a', { isKeptByEdge: false }))).toEqual([]);
  expect(Object.keys(cachingByPath(routesWith()))).not.toContain('/health');
});
