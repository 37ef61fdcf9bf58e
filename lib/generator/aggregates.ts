// The aggregates that an application has: each file that exports a decider, `voucherDecider`, with its `voucherEvents`.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as z from 'zod';
import type { Decider } from '../../lambdas/spine/kernel/decider.ts';
import type { DomainEvent } from '../../lambdas/spine/kernel/envelope.ts';
import { type ApplicationCode, project } from './application-code.ts';
import { GeneratorError } from './generator-error.ts';
import { kebabCase, pluralOf } from './names.ts';

export interface Aggregate {
  /** Kebab case, singular. */
  readonly name: string;
  readonly category: string;
  /** The files that export the decider and the events, and the folder for more about it; from the project's folder on. */
  readonly decider: string;
  readonly events: string;
  readonly folder: string;
  readonly eventTypes: readonly string[];
  /** Name of what identifies a person in an event of the type. */
  personalOf(eventType: string): string | undefined;
}

/**
 * The aggregate that is named, or else the one that the new name begins with.
 * @throws GeneratorError that lists what there is
 */
export async function aggregateFor(app: ApplicationCode, name: string, of: string | undefined): Promise<Aggregate> {
  const all = await Array.fromAsync(aggregatesOf(app));
  const isMeant = (spelling: string) => (of === undefined ? `${name}-`.startsWith(`${spelling}-`) : of === spelling);
  const spellings = (each: Aggregate) => [each.name, pluralOf(each.name), each.category];
  const [found] = all
    .filter((each) => spellings(each).some(isMeant))
    .toSorted((left, right) => right.name.length - left.name.length);
  if (found) return found;
  const known = all.map((each) => each.name).join(', ') || 'none';
  const why = of === undefined ? `Say by --of which aggregate ${name} is about` : `There is no aggregate ${of}`;
  throw new GeneratorError(`${why}. There are: ${known}.`);
}

async function* aggregatesOf({ code }: ApplicationCode): AsyncGenerator<Aggregate> {
  for (const decider of globSync(`${code}/{*,*/*}.ts`, { cwd: project }).toSorted()) {
    const [, camel] = /^export const (\w+)Decider\b/m.exec(readFileSync(join(project, decider), 'utf8')) ?? [];
    if (camel === undefined) continue;
    const beside = join(dirname(decider), 'events.ts');
    const exported: Readonly<Record<string, Decider<never, DomainEvent, never>>> = await import(
      pathToFileURL(join(project, decider)).href
    );
    const { category = '', codec } = exported[`${camel}Decider`] ?? {};
    const definitions = codec?.definitions ?? {};
    const name = kebabCase(camel);
    yield {
      ...{ name, category, decider, eventTypes: Object.keys(definitions) },
      events: existsSync(join(project, beside)) ? beside : decider,
      folder: dirname(decider) === code ? join(code, pluralOf(name)) : dirname(decider),
      personalOf: (eventType) => fieldsOf(definitions[eventType]?.personal)[0],
    };
  }
}

const fieldsOf = (schema: z.ZodType | undefined): string[] =>
  Object.keys((schema as Partial<z.ZodObject> | undefined)?.shape ?? {});
