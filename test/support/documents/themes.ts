// The decisions by theme, in the order in which a newcomer may read them.

export interface Theme {
  readonly name: string;
  /** Numbers of the records, in reading order. */
  readonly decisions: readonly number[];
}

export const themes: readonly Theme[] = [
  { name: 'The log: commits, keys, versions', decisions: [1, 3, 31, 30, 32, 20, 28] },
  { name: 'Events on their way', decisions: [2, 10, 29, 39, 40, 18, 19, 21] },
  { name: 'Read models and queries', decisions: [4, 33, 34, 53, 54, 59, 15, 25] },
  { name: 'Processes and notifications', decisions: [14, 13, 22, 36, 47, 23, 49] },
  { name: 'HTTP and the edge', decisions: [5, 6, 24, 52, 11, 17, 16, 27] },
  { name: 'Applications and the local host', decisions: [43, 61, 7, 46, 41, 48, 56] },
  { name: 'Stages and operation', decisions: [8, 9, 12, 45, 26, 50, 57, 51, 38, 55, 60] },
  { name: 'The shop', decisions: [35, 37, 42] },
];
