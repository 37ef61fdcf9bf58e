// The marks of full indexes in memory.
import { type IndexMarks, shapeOf } from '../../kernel/sweep/index-marks.ts';

export function inMemoryIndexMarks(): IndexMarks {
  const full = new Set<string>();
  return {
    isFull: async (readModel, index) => full.has(`${readModel} ${shapeOf(index)}`),
    markFull: async (readModel, index) => void full.add(`${readModel} ${shapeOf(index)}`),
  };
}
