// A generation of a projection as a date, for `Last-Modified` and `If-Modified-Since` (docs/adr/0052-a-tag-that-is-the-version.md).

/** Over when the first date was made: none is later than its answer, which RFC 9110 (section 8.8.2.1) asks for. */
const DAY_OF_GENERATIONS = Date.UTC(2025, 0, 1);
const SECONDS_OF_A_DAY = 86_400;

/** The day's first second is that of generation 1, which needs no date: an answer without one is of it. */
export const dateOfGeneration = (generation: number): string =>
  new Date(DAY_OF_GENERATIONS + (generation - 1) * 1_000).toUTCString();

/** The generation that the date stands for; the first where there is none, or one that is not of ours. */
export function generationIn(date: string | undefined): number {
  const second = date === undefined ? 0 : (Date.parse(date) - DAY_OF_GENERATIONS) / 1_000;
  return Number.isInteger(second) && second >= 0 && second < SECONDS_OF_A_DAY ? second + 1 : 1;
}
