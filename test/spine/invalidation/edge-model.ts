// A small model of the edge's cache. An answer arrives when the test says so: perhaps long after the read that it was made
// of, and after the invalidation that was meant for it.

/** The version of each stream that is shown. */
export type Versions = Readonly<Record<string, number>>;

export interface Answer {
  readonly path: string;
  readonly versions: Versions;
  readonly tags: readonly string[];
  readonly lifetimeInSeconds: number;
}

/** @param longestReadInSeconds after which the edge gives a read up */
export function edgeModel(longestReadInSeconds: number) {
  let underWay: { readonly answer: Answer; readonly startedAt: number }[] = [];
  let stored: { readonly answer: Answer; readonly expiresAt: number }[] = [];
  const millisOf = (seconds: number) => seconds * 1000;
  const isLive = (now: number) => (each: { readonly expiresAt: number }) => each.expiresAt > now;
  return {
    reads: () => underWay.length,
    /** What the cache would answer with. */
    shown: (now: number): readonly Answer[] => stored.filter(isLive(now)).map(({ answer }) => answer),
    startRead(answer: Answer, now: number): void {
      underWay.push({ answer, startedAt: now });
    },
    arrive(pick: number, now: number): void {
      const [read] = underWay.splice(pick % underWay.length, 1);
      if (!read) return;
      const others = stored.filter(({ answer }) => answer.path !== read.answer.path);
      stored = [...others, { answer: read.answer, expiresAt: now + millisOf(read.answer.lifetimeInSeconds) }];
    },
    giveUpReads(now: number): void {
      underWay = underWay.filter(({ startedAt }) => now - startedAt < millisOf(longestReadInSeconds));
    },
    invalidate(tags: readonly string[]): void {
      stored = stored.filter(({ answer }) => !answer.tags.some((tag) => tags.includes(tag)));
    },
  };
}
