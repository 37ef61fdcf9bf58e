// Adds up the samples of a profile: whose time was it?
import type { Profiler } from 'node:inspector';
import { ownerOf, type Place } from './owners.ts';

/** V8's own names for what is no function. */
const SPECIAL: ReadonlyMap<string, string> = new Map([
  ['(garbage collector)', 'collecting garbage'],
  ['(program)', 'native code'],
]);
const IDLE = ['(idle)', '(root)'];

/**
 * Milliseconds by owner. Node's own code counts for who called it, and for `node` where nobody did, as in the event loop.
 * @param owner whose code a place is; `undefined` for Node's own
 */
export function millisByOwner(
  { nodes, samples = [], timeDeltas = [] }: Profiler.Profile,
  owner: (place: Place) => string | undefined = ownerOf,
): ReadonlyMap<string, number> {
  const owners = ownersOf(nodes, owner);
  const millis = new Map<string, number>();
  samples.forEach((id, index) => {
    const whose = owners.get(id);
    if (whose === undefined) return;
    // A sample's time is what passed until the next.
    const passed = Math.max(0, timeDeltas[index + 1] ?? 0) / 1000;
    millis.set(whose, (millis.get(whose) ?? 0) + passed);
  });
  return millis;
}

function ownersOf(
  nodes: readonly Profiler.ProfileNode[],
  owner: (place: Place) => string | undefined,
): ReadonlyMap<number, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const owners = new Map<number, string>();
  const [root] = nodes;
  const open = root ? [{ node: root, caller: 'node' }] : [];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, caller } = next;
    const { functionName } = node.callFrame;
    const whose = SPECIAL.get(functionName) ?? owner(node.callFrame) ?? caller;
    if (!IDLE.includes(functionName)) owners.set(node.id, whose);
    for (const child of node.children ?? []) {
      const below = byId.get(child);
      if (below) open.push({ node: below, caller: whose });
    }
  }
  return owners;
}
