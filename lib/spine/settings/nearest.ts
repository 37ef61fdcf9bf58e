// Finds the word that a misspelt one was meant to be.

/** @returns the word that is spelt almost so: another case, or one letter in four wrong, two at most; none if no word is */
export function nearestOf(given: string, words: readonly string[]): string | undefined {
  return words.find((word) => {
    const tolerated = Math.min(2, Math.floor(word.length / 4));
    return distance(given.toLowerCase(), word.toLowerCase()) <= tolerated;
  });
}

/** Levenshtein's: how many letters to insert, delete or replace. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
