import { expect, it } from 'vitest';
import { catalogue, type ProductPart } from '../../../lambdas/shop/products/catalogue.ts';
import { productDecider } from '../../../lambdas/shop/products/decider.ts';
import { hintOf } from '../../../lambdas/spine/kernel/pipeline/bundle.ts';
import { catchUp, catchUpFromStore, MissingCommitError } from '../../../lambdas/spine/kernel/projections/catch-up.ts';
import type { Row } from '../../../lambdas/spine/kernel/projections/projection.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { inMemoryReadTable } from '../../../lambdas/spine/testing/memory/read-table.ts';
import { run } from '../../support/commands.ts';

const stream = 'product-A';

/** A product whose price changes four times: versions 1 to 5. */
async function given() {
  const store = inMemoryEventStore();
  let reads = 0;
  const list = { type: 'ListProduct', sku: 'A', name: 'Anvil', unitPrice: 100, currency: 'EUR' } as const;
  await run(store, productDecider, stream, list);
  for (let count = 0; count < 4; count += 1) {
    await run(store, productDecider, stream, { type: 'ChangePrice', sku: 'A', unitPrice: 101 + count });
  }
  const hints = store.commits(stream).map(hintOf);
  const counting = {
    readForward: (name: string, after: number) => {
      reads += 1;
      return store.readForward(name, after);
    },
  };
  const table = inMemoryReadTable<ProductPart>();
  const deliver = (...versions: number[]) =>
    catchUp(
      { store: counting, table },
      catalogue,
      stream,
      versions.flatMap((version) => hints[version - 1] ?? []),
    );
  return { store: counting, table, deliver, hints, reads: () => reads };
}

it('applies the next commits in one write, without reading the event table', async () => {
  const { table, deliver, reads } = await given();
  await deliver(3, 1, 2);
  expect(table.rows.get(stream)).toMatchObject({ version: 3, part: { unitPrice: 102 } });
  await deliver(4);
  expect(table.rows.get(stream)).toMatchObject({ version: 4, part: { unitPrice: 103 } });
  expect([table.writes(), reads()]).toEqual([2, 0]);
});

it('ignores what it has already, in any order and number', async () => {
  const { table, deliver } = await given();
  await deliver(1, 2, 3, 4, 5);
  await deliver(2, 2);
  await deliver(1);
  await deliver(5, 1);
  expect(table.rows.get(stream)).toMatchObject({ version: 5, part: { unitPrice: 104 } });
  expect(table.writes()).toBe(1);
});

it('tells what is new in a batch from what it has already', async () => {
  const { table, deliver } = await given();
  await deliver(1, 2, 3);
  await deliver(4, 2);
  expect(table.rows.get(stream)).toMatchObject({ version: 4, part: { unitPrice: 103 } });
});

it('fills a gap from the event table', async () => {
  const { table, deliver, reads } = await given();
  await deliver(1);
  await deliver(4);
  expect(table.rows.get(stream)).toMatchObject({ version: 5, part: { unitPrice: 104 } });
  expect(reads()).toBe(1);
});

it('reads the event table for a hint that came without its events', async () => {
  const { store, table, hints } = await given();
  const bare = { ...hints[0], events: [] } as unknown as (typeof hints)[number];
  await catchUp({ store, table }, catalogue, stream, [bare]);
  expect(table.rows.get(stream)).toMatchObject({ version: 5 });
});

it('folds a row of an older generation anew on the next event, and never moves it back', async () => {
  const { store, table, hints } = await given();
  const old: Row<ProductPart> = {
    stream,
    version: 4,
    generation: catalogue.generation - 1,
    part: { unitPrice: -1 } as ProductPart,
  };
  await table.put(old, {});
  await catchUp({ store, table }, catalogue, stream, hints.slice(0, 1));
  expect(table.rows.get(stream)).toMatchObject({
    version: 5,
    generation: catalogue.generation,
    part: { unitPrice: 104 },
  });
});

it.each([
  ['behind the hints', 2],
  ['as far as they are', 5],
])('folds a row of a newer generation that is %s anew: code that was rolled back goes on', async (_, version) => {
  const { store, table, hints } = await given();
  const newer: Row<ProductPart> = {
    stream,
    version,
    generation: catalogue.generation + 1,
    part: { unitPrice: -1 } as ProductPart,
  };
  await table.put(newer, {});
  await catchUp({ store, table }, catalogue, stream, hints.slice(2));
  expect(table.rows.get(stream)).toMatchObject({
    version: 5,
    generation: catalogue.generation,
    part: { unitPrice: 104 },
  });
});

it('leaves a row alone that went further while it folded', async () => {
  const { store, table, hints } = await given();
  const further: Row<ProductPart> = {
    stream,
    version: 9,
    generation: catalogue.generation + 1,
    part: { unitPrice: -1 } as ProductPart,
  };
  const overtaken = { ...table, get: async () => undefined };
  await table.put(further, {});
  await catchUp({ store, table: overtaken }, catalogue, stream, hints.slice(1));
  expect(table.rows.get(stream)).toEqual(further);
});

it('does not pretend to have a commit that the event table lacks', async () => {
  const { store, table, hints } = await given();
  const bare = { ...hints[0], version: 7, events: [] } as unknown as (typeof hints)[number];
  await expect(catchUp({ store, table }, catalogue, stream, [bare])).rejects.toThrow(
    'product-A@7 was announced; the event table ends at 5',
  );
  await expect(catchUp({ store, table }, catalogue, 'product-none', [bare])).rejects.toThrow(MissingCommitError);
});

it('leaves the row where it was when an event cannot be read', async () => {
  const { store, table, deliver, hints } = await given();
  await deliver(1);
  const poison = { ...hints[1], events: [{ type: 'Unheard', schemaVersion: '1.0.0', data: {} }] };
  await expect(
    catchUp({ store, table }, catalogue, stream, [poison as unknown as (typeof hints)[number]]),
  ).rejects.toThrow('Unheard');
  expect(table.rows.get(stream)).toMatchObject({ version: 1 });
});

it('brings a row to the end of its stream without any hint, and writes only if there is more', async () => {
  const { store, table, deliver } = await given();
  const standing = await deliver(1, 2);
  const row = await catchUpFromStore({ store, table }, catalogue, stream, standing);
  expect(row).toMatchObject({ version: 5 });
  await catchUpFromStore({ store, table }, catalogue, stream, row);
  expect(table.writes()).toBe(2);
  expect(await catchUpFromStore({ store, table }, catalogue, 'product-none')).toBeUndefined();
});

it('asks the tables for nothing more than it needs', async () => {
  const { store, table, hints } = await given();
  const calls: string[] = [];
  const ports = {
    store: {
      readForward: (name: string, after: number) => {
        calls.push(`read after ${after}`);
        return store.readForward(name, after);
      },
    },
    table: {
      get: (name: string) => {
        calls.push('get');
        return table.get(name);
      },
      put: (...row: Parameters<typeof table.put>) => {
        calls.push('put');
        return table.put(...row);
      },
    },
  };
  const asked = async (work: Promise<unknown>): Promise<string[]> => {
    await work;
    return calls.splice(0);
  };
  expect(await asked(catchUp(ports, catalogue, stream, hints.slice(0, 1)))).toEqual(['put']);
  expect(await asked(catchUp(ports, catalogue, stream, hints.slice(1, 2)))).toEqual(['get', 'put']);
  expect(await asked(catchUp(ports, catalogue, stream, hints.slice(1, 2)))).toEqual(['get']);
  const standing = () => table.rows.get(stream);
  expect(await asked(catchUpFromStore(ports, catalogue, stream, standing()))).toEqual(['read after 2', 'put']);
  expect(await asked(catchUpFromStore(ports, catalogue, stream, standing()))).toEqual(['read after 5']);
});

it('counts on no row of another generation when it reads a stream', async () => {
  const { store, table } = await given();
  const foreign: Row<ProductPart> = {
    stream,
    version: 5,
    generation: catalogue.generation + 1,
    part: { unitPrice: -1 } as ProductPart,
  };
  const row = await catchUpFromStore({ store, table }, catalogue, stream, foreign);
  expect(row).toMatchObject({ version: 5, generation: catalogue.generation, part: { unitPrice: 104 } });
});

it('is not content with the oldest of the commits that were announced', async () => {
  const { store, table, hints } = await given();
  const unheard = { ...hints[0], version: 7, events: [] } as unknown as (typeof hints)[number];
  await expect(catchUp({ store, table }, catalogue, stream, [...hints, unheard])).rejects.toThrow(MissingCommitError);
});
