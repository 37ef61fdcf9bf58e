// What a rebuild takes, before it begins. A table of one page is read whole. A larger one is divided into ever more segments until
// one fits a page, and a few of them stand for all: DynamoDB's own counts are brought up to date every six hours only
// (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html).
import type { Commit } from '../../kernel/envelope.ts';
import type { EventScan } from '../../kernel/sweep/event-scan.ts';
import type { Units } from '../../kernel/sweep/pace.ts';
import type { Estimate } from '../../kernel/sweep/rebuild-job.ts';
import { dollarsOf } from './prices.ts';

export interface SweptModel {
  readonly name: string;
  /** Categories of the streams that it folds. */
  readonly categories: readonly string[];
  /** A row is written to each of its indexes too. */
  readonly indexes: number;
}

export interface EstimatePorts {
  readonly scan: EventScan;
  /** Units that the scan took since it was made. */
  spent(): Units;
  /** Units a second of all workers together. */
  readonly pace: Units;
  readonly workers: number;
}

/** The next division is so many times as fine. */
const FINER = 8;
/** The finest that DynamoDB takes is 1,000,000; a table of 256 TB has a page in each of these. */
const FINEST = FINER ** 6;
const SAMPLES = 4;
/** Of a worker with 512 MB, measured: docs/adr/0053-one-sweep.md. */
const ROWS_PER_SECOND = 500;
const BYTES_PER_WRITE_UNIT = 1_024;
/** Half a unit tells whether a row of up to 4 KB stands already. */
const READ_UNITS_PER_MARK = 0.5;

export async function estimateRebuild(ports: EstimatePorts, model: SweptModel): Promise<Estimate> {
  const { commits, readUnits, times } = await sample(ports, model.categories);
  const byStream = [...Map.groupBy(commits, ({ stream }) => stream).values()];
  const streams = Math.round(byStream.length * times);
  const events = Math.round(sumOf(commits, (commit) => commit.events.length) * times);
  // A row is about as large as what its events tell.
  const writes = sumOf(byStream, (ofStream) => Math.ceil(bytesOf(ofStream) / BYTES_PER_WRITE_UNIT));
  const read = Math.ceil(readUnits * times + streams * READ_UNITS_PER_MARK);
  const write = Math.ceil(writes * times * (1 + model.indexes));
  const { pace, workers } = ports;
  const seconds = Math.max(read / pace.read, write / pace.write, streams / (ROWS_PER_SECOND * workers));
  return {
    ...{ streams, events, readUnits: read, writeUnits: write },
    ...{ dollars: dollarsOf({ read, write }), seconds: Math.ceil(seconds) },
  };
}

interface Sample {
  readonly commits: readonly Commit[];
  /** What reading it took. */
  readonly readUnits: number;
  /** How many of it the table is. */
  readonly times: number;
}

async function sample({ scan, spent }: EstimatePorts, categories: readonly string[]): Promise<Sample> {
  for (let of = 1; ; of *= FINER) {
    const before = spent().read;
    const first = await scan.page({ segment: 0, of, categories });
    if (first.end !== undefined && of < FINEST) continue;
    const others = Array.from({ length: Math.min(of, SAMPLES) - 1 }, (_, at) => Math.floor((of * (at + 1)) / SAMPLES));
    const pages = await Promise.all(others.map((segment) => scan.page({ segment, of, categories })));
    const commits = [first, ...pages].flatMap((page) => page.commits);
    return { commits, readUnits: spent().read - before, times: of / (pages.length + 1) };
  }
}

const sumOf = <Item>(items: readonly Item[], numberOf: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + numberOf(item), 0);

const bytesOf = (commits: readonly Commit[]): number =>
  sumOf(commits, ({ events }) => Buffer.byteLength(JSON.stringify(events.map(({ data }) => data))));
