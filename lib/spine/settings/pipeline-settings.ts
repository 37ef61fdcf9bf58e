// How events get from the event table to the subscribers.
import * as z from 'zod';
import { countOf, text } from './context-texts.ts';
import { eitherOf, wholeNumber, wholeNumberOr } from './fields.ts';
import type { BrokenRule, FieldsOf, SettingsGroup, Unchecked } from './settings-group.ts';
import { isOnOneMachine, type Stage } from './stages.ts';

const newestWireVersion = 2;

const some = wholeNumber(1);

const fields = {
  eventStream: z.object({
    shards: wholeNumberOr('on-demand', { least: 1, whatItIs: 'a whole number from 1' }),
    lanes: some.describe('Groups that the relay bundles streams into; at least the number of shards.'),
  }),
  changeImages: eitherOf('both', 'new').describe(
    'What a record of the change stream has of its commit: what stands there now, or what stood there before as well. Another choice is another stream, so a stage that was deployed with `new` goes on with it.',
  ),
  fanOut: eitherOf('polling', 'enhanced').describe(
    'How the fan-out reads the event stream: Lambda polls each shard once a second, or Kinesis pushes to it (enhanced fan-out), which costs more for each shard and hour (docs/adr/0040-polled-or-pushed.md).',
  ),
  wireVersion: z
    .literal([1, newestWireVersion], { error: `must be 1 or ${newestWireVersion}` })
    .describe(
      'Newest version of the bundles’ wire form that is written. A stage whose code reads 1 only is deployed once with 1 (docs/adr/0039-bundles-that-are-packed.md).',
    ),
  lagAlarmSeconds: some.describe(
    'How long after an event a subscriber may be done with it before an alarm rings: one event in a hundred later than that, for five minutes.',
  ),
  outageInSeconds: some.describe(
    'How long an outage of another service may last that a process waits out. A process that has waited for that long, and for as long as it may take anyway, is undone; what cannot be undone by then goes to the dead-letter queue.',
  ),
};

export type PipelineSettings = FieldsOf<typeof fields>;

const everywhere = {
  changeImages: 'both',
  fanOut: 'polling',
  wireVersion: newestWireVersion,
  lagAlarmSeconds: 60,
  outageInSeconds: 12 * 60 * 60,
} as const;

export const pipeline = {
  title: 'Pipeline',
  fields,
  keys: {
    changeImages: { sets: 'changeImages', reads: text },
    fanOut: { sets: 'fanOut', reads: text },
    wireVersion: { sets: 'wireVersion', reads: countOf() },
    lagAlarmSeconds: { sets: 'lagAlarmSeconds', reads: countOf('seconds') },
  },
  defaults: {
    local: { ...everywhere, eventStream: { shards: 2, lanes: 2 } },
    // Ordered by one shard.
    localstack: { ...everywhere, eventStream: { shards: 1, lanes: 1 } },
    dev: { ...everywhere, eventStream: { shards: 1, lanes: 1 } },
    prod: { ...everywhere, eventStream: { shards: 'on-demand', lanes: 16 } },
  } satisfies Record<Stage, PipelineSettings>,
  *rules({
    stage,
    eventStream = {},
    fanOut,
  }: Unchecked<PipelineSettings> & { readonly stage: Stage }): Generator<BrokenRule> {
    const { shards, lanes } = eventStream;
    if (typeof shards === 'number' && lanes !== undefined && lanes < shards) {
      yield { path: 'eventStream.lanes', message: `must be at least eventStream.shards (${shards}), got ${lanes}` };
    }
    if (fanOut === 'enhanced' && isOnOneMachine(stage)) {
      yield {
        path: 'fanOut',
        message: `must be "polling" where nothing is pushed: what acts as Kinesis on a machine has no consumers, got "${fanOut}"`,
      };
    }
  },
} satisfies SettingsGroup;
