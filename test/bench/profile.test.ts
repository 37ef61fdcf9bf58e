// Whose time a profile's samples are.
import { expect, it } from 'vitest';
import { ownerOf } from '../../bench/host/profiling/owners.ts';
import { millisByOwner } from '../../bench/host/profiling/shares.ts';

const at = (url: string) => ownerOf({ url, lineNumber: 0, columnNumber: 0 });

it.each([
  ['file:///p/node_modules/dynalite/db/index.js', 'dynalite'],
  ['file:///p/node_modules/a/node_modules/@scope/b/index.js', '@scope/b'],
  ['file:///p/node_modules/@smithy/core/dist/index.js', 'AWS SDK'],
  ['/p/node_modules/lazy/lazy.js', 'lazy'],
  ['file:///p/local/gateway/api.ts', 'local'],
  ['file:///elsewhere/index.mjs', 'other'],
  ['evalmachine.<anonymous>', 'other'],
  ['node:internal/streams', undefined],
  ['', undefined],
])('says whose %s is', (url, owner) => {
  expect(at(url)).toBe(owner);
});

const node = (id: number, functionName: string, url: string, ...children: number[]) => ({
  id,
  callFrame: { functionName, url, scriptId: '1', lineNumber: 0, columnNumber: 0 },
  ...(children.length > 0 && { children }),
});

it('counts Node’s own code for who called it, what nobody called for Node, and no idle time', () => {
  const nodes = [
    node(1, '(root)', '', 2, 4, 5, 6),
    node(2, 'handle', 'file:///p/node_modules/dynalite/index.js', 3),
    node(3, 'write', 'node:net'),
    node(4, '(idle)', ''),
    node(5, 'processTimers', 'node:internal/timers'),
    node(6, '(garbage collector)', ''),
  ];
  const profile = { nodes, startTime: 0, endTime: 0, samples: [2, 3, 4, 5, 6], timeDeltas: [9, 1000, 2000, 4000, 500] };
  expect(Object.fromEntries(millisByOwner(profile))).toEqual({ dynalite: 3, node: 0.5, 'collecting garbage': 0 });
});

it('takes no name of a function for one of V8’s', () => {
  const nodes = [node(1, '(root)', '', 2), node(2, 'toString', 'file:///p/node_modules/lazy/lazy.js')];
  const profile = { nodes, startTime: 0, endTime: 0, samples: [2, 2], timeDeltas: [0, 1000] };
  expect([...millisByOwner(profile).keys()]).toEqual(['lazy']);
});
