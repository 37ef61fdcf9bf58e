// A read model: each stream's row has a version and the generation of its fold.

import { defectOf } from '../../kernel/audit/defect.ts';
import type { Finding, Progress, StreamCommits } from '../../kernel/audit/progress.ts';
import { type Commit, lastVersion } from '../../kernel/envelope.ts';
import { categoriesOf, foldOf, type Projection, type Row } from '../../kernel/projections/projection.ts';

export type RowPosition = Pick<Row<unknown>, 'version' | 'generation'>;

export interface ReadModelPorts {
  /** How far the rows of those streams are; a stream without a row is left out. Eventually consistent. */
  positions(streams: readonly string[]): Promise<ReadonlyMap<string, RowPosition>>;
  /** The version that the stream ends with; 0 for one without commits. Strongly consistent. */
  lastVersionOf(stream: string): Promise<number>;
  readonly tell: Progress['tell'];
}

export function readModelProgress(projection: Projection<unknown>, ports: ReadModelPorts): Progress {
  return {
    subscriber: projection.name,
    categories: categoriesOf(projection),
    tell: ports.tell,
    async look(streams) {
      const positions = await ports.positions(streams.map(({ stream }) => stream));
      const found = await Promise.all(streams.map((each) => lookAt(each, positions.get(each.stream))));
      return found.flatMap((finding) => finding ?? []);
    },
  };

  async function lookAt(
    { stream, commits, isToTheEnd = false }: StreamCommits,
    row: RowPosition | undefined,
  ): Promise<Finding | undefined> {
    const newest = commits.at(-1);
    if (newest === undefined) return undefined;
    const reached = row?.version ?? 0;
    if (row === undefined || reached < newest.version)
      return unreadableAfter(reached, commits) ?? { kind: 'behind', commit: newest };
    if (row.generation !== projection.generation) return { kind: 'outdated', commit: newest };
    if (!isToTheEnd || reached <= lastVersion(newest)) return undefined;
    const end = await ports.lastVersionOf(stream);
    return reached > end ? aheadOf(stream, reached, end) : undefined;
  }

  function unreadableAfter(reached: number, commits: readonly Commit[]): Finding | undefined {
    for (const commit of commits.filter(({ version }) => version > reached)) {
      try {
        foldOf(projection, commit.stream).codec.decode(commit);
      } catch (error) {
        return { kind: 'unreadable', ...defectOf(commit, error) };
      }
    }
    return undefined;
  }
}

const aheadOf = (stream: string, reached: number, end: number): Finding => ({
  kind: 'ahead',
  stream,
  version: reached,
  code: 'row_ahead',
  message: `The row is at version ${reached}, the event table ends at ${end}: it was restored to an earlier time`,
});
