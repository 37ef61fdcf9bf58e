// What the way from commit to row costs, by how many streams there are and how fast commits come.
import type { WireVersion } from '../../lambdas/spine/aws/wire/bundle-codec.ts';
import type { Commit } from '../../lambdas/spine/kernel/envelope.ts';
import type { Bench, BenchOptions, Row } from '../suite/definition.ts';
import { interleaved } from '../suite/interleaved.ts';
import { median, spread } from '../suite/statistics.ts';
import { changeRecordBytes } from './change-records.ts';
import { type Arrival, type Figures, runPipeline } from './run.ts';
import { orderCommits } from './work.ts';

const EVENTS = 20_000;

/** Lambda looks at a change stream four times a second and at a Kinesis shard once (docs/adr/0040-polled-or-pushed.md). */
const live = (eventsPerSecond: number): Arrival => ({
  name: `${eventsPerSecond} a second`,
  commitsPerBatch: eventsPerSecond / 4,
  batchesPerLook: 4,
  // At worst: a poller takes each message as it comes.
  messagesPerBatch: 1,
});

const backlog: Arrival = { name: 'all at once', commitsPerBatch: 500, batchesPerLook: 40, messagesPerBatch: 10 };

interface System {
  readonly name: string;
  readonly arrival: Arrival;
  readonly wireVersion: WireVersion;
}

const systems: readonly System[] = [
  ...[backlog, live(1_000), live(100)].map((arrival) => ({ name: arrival.name, arrival, wireVersion: 2 as const })),
  { name: `${backlog.name}, wire version 1`, arrival: backlog, wireVersion: 1 },
];

export const bench: Bench = {
  name: 'pipeline',
  summary:
    '20,000 events over 1, 100 and 10,000 streams: events a second, records, messages, row writes and bytes an event',
  async run(options, progress) {
    const events = options.isQuick ? EVENTS / 10 : EVENTS;
    const rows: Row[] = [];
    const tables: Row[] = [];
    for (const streams of [1, 100, events / 2]) {
      progress(`${events} events over ${streams} stream(s)`);
      const commits = orderCommits(events, streams);
      for (const each of await measured(commits, options)) {
        const change = changeRecordBytes(commits);
        rows.push({ ...rowOf(each, streams, events), changeRecordBytes: change });
        tables.push({ ...tableRow(each, streams, events), 'bytes of a full-row record': change });
      }
    }
    return { rows, tables: [{ title: `${events} events from the change stream to the rows`, rows: tables }] };
  },
};

type Measured = System & { readonly figures: readonly Figures[] };

async function measured(commits: readonly Commit[], { rounds }: BenchOptions): Promise<readonly Measured[]> {
  const figures = await interleaved(rounds, systems, ({ arrival, wireVersion }) =>
    runPipeline(commits, arrival, wireVersion),
  );
  return systems.map((system) => ({ ...system, figures: figures.get(system.name) ?? [] }));
}

function perEvent(figures: readonly Figures[], events: number) {
  const { records = 0, recordBytes = 0, messages = 0, messageBytes = 0, rowWrites = 0 } = figures[0] ?? {};
  return {
    records: records / events,
    messages: messages / events,
    rowWrites: rowWrites / events,
    recordBytes: recordBytes / events,
    messageBytes: messageBytes / events,
  };
}

const rowOf = ({ arrival, wireVersion, figures }: Measured, streams: number, events: number): Row => ({
  ...{ arrival: arrival.name, wireVersion, streams },
  eventsPerSecond: median(figures.map(({ seconds }) => events / seconds)),
  ...perEvent(figures, events),
});

function tableRow({ arrival, wireVersion, figures }: Measured, streams: number, events: number): Row {
  const { records, messages, rowWrites, recordBytes, messageBytes } = perEvent(figures, events);
  return {
    'events come': arrival.name,
    'wire version': wireVersion,
    streams,
    'events/s (least–most)': spread(figures.map(({ seconds }) => events / seconds)),
    'records an event': records,
    'messages an event and subscriber': messages,
    'row writes an event and read model': rowWrites,
    'bytes an event at Kinesis': recordBytes,
    'at SQS, a subscriber': messageBytes,
  };
}
