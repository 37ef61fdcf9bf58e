// Which indexes a rebuild has filled: those that take the place of another are read from then on.
import type { Projection, ReadIndex } from '../projections/projection.ts';

export interface IndexMarks {
  /** May be some seconds behind. */
  isFull(readModel: string, index: ReadIndex): Promise<boolean>;
  markFull(readModel: string, index: ReadIndex): Promise<void>;
}

/** Of one name and other keys it is another index. */
export const shapeOf = ({ name, partitionKey, sortKey }: ReadIndex): string => `${name}(${partitionKey}+${sortKey})`;

/** Names what a sweep writes: whoever swept with another fold, or under other keys, wrote something else. */
export const sweptForm = ({ generation, indexes }: Pick<Projection<unknown>, 'generation' | 'indexes'>): string =>
  [generation, ...indexes.map(shapeOf)].join(' ');
