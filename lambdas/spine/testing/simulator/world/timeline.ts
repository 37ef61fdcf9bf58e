// Virtual time: what is planned happens in the order of its instants, and nothing waits for a clock.

export interface Planned {
  /** It does not happen. */
  cancel(): void;
}

export interface Timeline {
  /** Milliseconds since 1970. */
  now(): number;
  plan(inMillis: number, happen: () => void): Planned;
  /** Lets the next thing happen. @returns false when there is nothing left */
  step(): boolean;
}

interface Entry {
  readonly at: number;
  readonly turn: number;
  happen: (() => void) | undefined;
}

export function timeline(startInMillis: number): Timeline {
  const heap: Entry[] = [];
  let now = startInMillis;
  let turn = 0;
  return {
    now: () => now,
    plan(inMillis, happen) {
      const entry: Entry = { at: now + Math.max(0, inMillis), turn: turn++, happen };
      push(heap, entry);
      return {
        cancel: () => {
          entry.happen = undefined;
        },
      };
    },
    step() {
      for (let next = pop(heap); next; next = pop(heap)) {
        if (!next.happen) continue;
        now = next.at;
        next.happen();
        return true;
      }
      return false;
    },
  };
}

const isBefore = (left: Entry, right: Entry): boolean =>
  left.at < right.at || (left.at === right.at && left.turn < right.turn);

function push(heap: Entry[], entry: Entry): void {
  let index = heap.push(entry) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent] as Entry;
    if (!isBefore(entry, above)) break;
    heap[index] = above;
    index = parent;
  }
  heap[index] = entry;
}

function pop(heap: Entry[]): Entry | undefined {
  const [first] = heap;
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return first;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child >= heap.length) break;
    const right = heap[child + 1];
    if (right && isBefore(right, heap[child] as Entry)) child += 1;
    if (!isBefore(heap[child] as Entry, last)) break;
    heap[index] = heap[child] as Entry;
    index = child;
  }
  heap[index] = last;
  return first;
}
