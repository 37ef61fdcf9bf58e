// What an event type has to mark as secret, over all event types there are.
import { globSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as z from 'zod';
import type { EventDefinition, EventDefinitions } from '../../../lambdas/spine/kernel/event-codec.ts';

const SOUNDS_SECRET = /token|secret|password|passwd|card|cvc|cvv|iban|apikey|credential|signature/i;

const modules: Record<string, { readonly definitions?: EventDefinitions }>[] = await Promise.all(
  globSync('lambdas/{shop/*,spine/notifications}/events.ts').map(
    (file) => import(/* @vite-ignore */ `${process.cwd()}/${file}`),
  ),
);
const eventTypes = modules
  .flatMap((module) => Object.values(module))
  .flatMap((codec) => Object.entries(codec.definitions ?? {}));

/** Every field of a schema as its path: `['card', 'number']`; what is in a list lies under the list. */
function fieldsOf(schema: z.core.JSONSchema.BaseSchema, path: readonly string[] = []): string[][] {
  const parts = [schema.items, ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  const nested = parts.flat().filter((part) => typeof part === 'object') as z.core.JSONSchema.BaseSchema[];
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) => [
      [...path, name],
      ...fieldsOf(property as z.core.JSONSchema.BaseSchema, [...path, name]),
    ]),
    ...nested.flatMap((part) => fieldsOf(part, path)),
  ];
}

const dataFields = ({ data }: EventDefinition) => fieldsOf(z.toJSONSchema(data, { unrepresentable: 'any' }));

it('there are event types of all five domains', () => {
  expect(modules.length).toBeGreaterThanOrEqual(5);
  for (const type of ['OrderPlaced', 'ProductListed', 'PaymentRequested', 'FulfilmentStarted', 'EmailSent'])
    expect(eventTypes.map(([name]) => name)).toContain(type);
});

it.each(eventTypes)('%s marks every field that sounds secret', (_, definition) => {
  const unmarked = dataFields(definition).filter(
    ([first = '', ...rest]) =>
      [first, ...rest].some((name) => SOUNDS_SECRET.test(name)) && !definition.secret?.includes(first),
  );
  expect(unmarked).toEqual([]);
});

it.each(eventTypes)('%s marks no field that it does not have', (_, definition) => {
  expect(dataFields(definition).map(([first]) => first)).toEqual(
    expect.arrayContaining([...(definition.secret ?? [])]),
  );
});

it('what pays an order is secret wherever it is told', () => {
  const marked = eventTypes.filter(([, { secret }]) => secret?.includes('paymentToken')).map(([type]) => type);
  expect(marked.sort()).toEqual(['FulfilmentStarted', 'OrderPlaced', 'PaymentRequested']);
});
