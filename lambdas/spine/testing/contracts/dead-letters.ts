// The contract of the port to the notes of dead letters.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DeadLetter, DeadLetterNotes } from '../../kernel/pipeline/dead-letter.ts';

export interface DeadLettersFactory {
  /** @param now tells when a note is kept no longer */
  start(now: () => Date): Promise<DeadLetterNotes>;
  stop(): Promise<void>;
}

const NOW = new Date('2026-11-25T12:00:00.000Z');

/** Call it in a `describe`. */
export function deadLettersContract({ start, stop }: DeadLettersFactory): void {
  let notes: DeadLetterNotes;
  beforeAll(async () => {
    notes = await start(() => NOW);
  });
  afterAll(() => stop());

  const letter = (subscriber: string, id: string, more: Partial<DeadLetter> = {}): DeadLetter => ({
    ...{ id, subscriber, streams: [{ stream: 'loan-ä\u{1f4da}', version: 3 }, { stream: 'loan-2' }] },
    ...{ error: { code: 'unreadable_event', message: 'No “Lent”' }, attempts: 5 },
    ...{ firstFailedAt: '2026-11-25T11:00:00.000Z', lastFailedAt: '2026-11-25T11:05:00.000Z' },
    ...{ keptUntil: '2026-12-09T11:00:00.000Z', ...more },
  });

  it('gives back a letter as it was noted, under its subscriber alone', async () => {
    await notes.note(letter('loans', 'a'));
    expect(await notes.find('loans', 'a')).toEqual(letter('loans', 'a'));
    expect(await notes.find('members', 'a')).toBeUndefined();
    expect(await notes.list('loans', 20)).toEqual({ letters: [letter('loans', 'a')] });
    expect(await notes.list('members', 20)).toEqual({ letters: [] });
  });

  it('is noted once, however often: the subscriber knows best, what was found knows least', async () => {
    const found = letter('twice', 'a', { error: { code: 'unknown', message: 'Found' } });
    await notes.noteFound(found);
    expect(await notes.find('twice', 'a')).toEqual(found);
    await notes.note(letter('twice', 'a'));
    await notes.noteFound(found);
    expect(await notes.find('twice', 'a')).toEqual(letter('twice', 'a'));
    expect(await notes.count('twice')).toBe(1);
  });

  it('lists page by page', async () => {
    for (const id of ['c', 'a', 'b', 'e', 'd']) await notes.note(letter('pages', id));
    const ids: string[] = [];
    let end: string | undefined;
    do {
      const page = await notes.list('pages', 2, end);
      expect(page.letters.length).toBeLessThanOrEqual(2);
      ids.push(...page.letters.map(({ id }) => id));
      end = page.end;
    } while (end !== undefined);
    expect(ids).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('leaves out what is kept no longer, and fills the page all the same', async () => {
    for (const id of ['a', 'b', 'c']) await notes.note(letter('old', id, { keptUntil: '2026-11-25T11:59:59.000Z' }));
    await notes.note(letter('old', 'd'));
    const { letters } = await notes.list('old', 1);
    expect(letters.map(({ id }) => id)).toEqual(['d']);
  });

  it('forgets a letter, and one that is not there', async () => {
    await notes.note(letter('gone', 'a'));
    await notes.forget('gone', 'a');
    await notes.forget('gone', 'a');
    expect([await notes.find('gone', 'a'), await notes.count('gone')]).toEqual([undefined, 0]);
  });
}
