// Between events as the domain knows them and events as the store holds them: strict on the way in; on the way out it upcasts,
// ignores what a newer minor version added, and refuses an event that only newer code can read.
import type * as z from 'zod';
import type { Commit, DomainEvent, RecordedEvent, StoredEvent } from './envelope.ts';
import { NewerEventError, UnreadableEventError } from './errors.ts';
import { openSchema } from './open-schema.ts';

/** Turns an event's data of one schema version into the next. */
export interface Upcaster {
  readonly to: string;
  up(data: unknown): unknown;
}

export interface EventDefinition {
  /**
   * Semantic version of the schema. A new minor adds optional properties, which older code ignores; anything else is a new
   * major, which older code cannot read: another meaning, and a CloudEvents type of its own.
   */
  readonly schemaVersion: string;
  readonly data: z.ZodType;
  readonly personal?: z.ZodType;
  /** Fields of `data` that nobody outside is shown, such as credentials. */
  readonly secret?: readonly string[];
  /** By the schema version that they start from. Between versions of one major there need be none. */
  readonly upcasters?: Readonly<Record<string, Upcaster>>;
}

type OpenDefinition = EventDefinition & { readonly open: z.ZodType };

export type EventDefinitions = Readonly<Record<string, EventDefinition>>;

/** The union of the events that the definitions describe. */
export type EventOf<Definitions extends EventDefinitions> = {
  [Type in keyof Definitions & string]: {
    readonly type: Type;
    readonly data: z.output<Definitions[Type]['data']>;
  } & (Definitions[Type] extends { personal: infer Personal extends z.ZodType }
    ? { readonly personal?: z.output<Personal> }
    : unknown);
}[keyof Definitions & string];

/** An event without its type's secrets: what a query may answer. */
export type Redacted<Event> = Event & { readonly [redacted]: true };
declare const redacted: unique symbol;

/** Stands in the place of a secret, so that the data still fits its schema. */
export const REDACTED = '[redacted]';

export interface EventCodec<Event extends DomainEvent> {
  readonly definitions: EventDefinitions;
  /** @throws ZodError when the event does not fit its schema: a defect of the domain. */
  encode(event: Event): StoredEvent;
  /** The commit's events in their current schema versions. @throws UnreadableEventError */
  decode(commit: Commit): RecordedEvent<Event>[];
  /** The event with `[redacted]` for what its type marks as secret. */
  redact(event: RecordedEvent<Event>): Redacted<RecordedEvent<Event>>;
}

export function eventCodec<const Definitions extends EventDefinitions>(
  definitions: Definitions,
): EventCodec<EventOf<Definitions>> {
  const known = new Map<string, OpenDefinition>(
    Object.entries(definitions).map(([type, definition]: [string, EventDefinition]) => [
      type,
      { ...definition, open: openSchema(definition.data) },
    ]),
  );
  const definitionOf = (type: string) => {
    const definition = known.get(type);
    if (definition) return definition;
    throw new NewerEventError(`Event type ${type} is unknown; known are ${[...known.keys()].join(', ')}`);
  };
  return {
    definitions,
    encode(event) {
      const definition = definitionOf(event.type);
      const personal = 'personal' in event ? definition.personal?.parse(event.personal) : undefined;
      return {
        type: event.type,
        schemaVersion: definition.schemaVersion,
        data: definition.data.parse(event.data),
        ...(personal === undefined ? {} : { personal }),
      };
    },
    decode: (commit) =>
      commit.events.map((stored, index) => {
        const definition = definitionOf(stored.type);
        const data = read(definition, upcast(stored, definition));
        if (!data.success) {
          const where = `${stored.type} ${stored.schemaVersion} of ${commit.stream}@${commit.version + index}`;
          throw new UnreadableEventError(`${where} does not fit its schema`, { cause: data.error });
        }
        const { stream, version, time, correlationId, causationId, actor } = commit;
        return {
          ...{ type: stored.type, data: data.data, schemaVersion: definition.schemaVersion },
          ...(stored.personal === undefined ? {} : { personal: stored.personal }),
          ...{ stream, version: version + index, time, correlationId, causationId },
          ...(actor === undefined ? {} : { actor }),
        } as RecordedEvent<EventOf<Definitions>>;
      }),
    redact(event) {
      const data = { ...(event.data as Record<string, unknown>) };
      for (const name of definitionOf(event.type).secret ?? []) if (name in data) data[name] = REDACTED;
      return { ...event, data } as Redacted<typeof event>;
    },
  };
}

/** Strictly first, then openly: what this version wrote comes back unchanged, even in a union of objects. */
function read({ data: strict, open }: OpenDefinition, data: unknown): z.ZodSafeParseResult<unknown> {
  const asWritten = strict.safeParse(data);
  return asWritten.success ? asWritten : open.safeParse(data);
}

/** As far as there are upcasters; the rest of the way to the definition's version must be within its major. */
function upcast(stored: StoredEvent, { schemaVersion: current, upcasters = {} }: EventDefinition): unknown {
  let { data, schemaVersion } = stored;
  while (schemaVersion !== current) {
    const upcaster = upcasters[schemaVersion];
    if (!upcaster) break;
    data = upcaster.up(data);
    schemaVersion = upcaster.to;
  }
  if (majorOf(schemaVersion) === majorOf(current)) return data;
  const way = `${stored.type} ${stored.schemaVersion} cannot be brought to ${current}`;
  if (majorOf(schemaVersion) > majorOf(current)) throw new NewerEventError(`${way}: newer code wrote it`);
  throw new UnreadableEventError(`${way}: no upcaster from ${schemaVersion}`);
}

const majorOf = (schemaVersion: string): number => Number.parseInt(schemaVersion, 10);
