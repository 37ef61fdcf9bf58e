// The marks of what is full, in memory.
import type { FullMarks } from '../../kernel/sweep/full-marks.ts';

export function inMemoryFullMarks(): FullMarks {
  const full = new Set<string>();
  return {
    isFull: async (readModel, what) => full.has(`${readModel} ${what}`),
    markFull: async (readModel, what) => void full.add(`${readModel} ${what}`),
  };
}
