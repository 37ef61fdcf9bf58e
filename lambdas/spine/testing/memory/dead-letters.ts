// Notes of dead letters in memory: the reference that the real ones are held against.
import type { DeadLetter, DeadLetterNotes } from '../../kernel/pipeline/dead-letter.ts';

export function inMemoryDeadLetters(now: () => Date): DeadLetterNotes {
  const bySubscriber = new Map<string, Map<string, DeadLetter>>();
  const of = (subscriber: string) => {
    const letters = bySubscriber.get(subscriber) ?? new Map<string, DeadLetter>();
    bySubscriber.set(subscriber, letters);
    return letters;
  };
  return {
    note: async (letter) => void of(letter.subscriber).set(letter.id, structuredClone(letter)),
    noteFound: async (letter) => {
      const letters = of(letter.subscriber);
      if (!letters.has(letter.id)) letters.set(letter.id, structuredClone(letter));
    },
    async list(subscriber, limit, after = '') {
      const kept = [...of(subscriber).values()]
        .filter(({ id, keptUntil }) => id > after && Date.parse(keptUntil) > now().getTime())
        .toSorted((left, right) => (left.id < right.id ? -1 : 1));
      const letters = structuredClone(kept.slice(0, limit));
      const end = letters.at(-1)?.id;
      return { letters, ...(kept.length > limit && end !== undefined && { end }) };
    },
    find: async (subscriber, id) => structuredClone(of(subscriber).get(id)),
    count: async (subscriber) => of(subscriber).size,
    forget: async (subscriber, id) => void of(subscriber).delete(id),
  };
}
