// A read model of an aggregate: its projection with an index by customer, and a query.
import { join } from 'node:path';
import { aggregateFor } from '../aggregates.ts';
import type { ApplicationCode } from '../application-code.ts';
import { addGroup, addReadModel, checkFreeRoute } from '../manifest-edits.ts';
import { asTitle, camelCase, inWords, pluralOf } from '../names.ts';
import { checkFree, newFiles, type Plan } from '../plan.ts';
import { aboutAggregate } from './about-aggregate.ts';

export async function planReadModel(app: ApplicationCode, name: string, of: string | undefined): Promise<Plan> {
  const aggregate = await aggregateFor(app, name, of);
  checkFree(app.manifest, name);
  checkFreeRoute(app, `GET /${name}/{customerId}`);
  const { folder, category } = aggregate;
  const base = join(folder, name);
  const test = `${app.tests}/${pluralOf(aggregate.name)}/${name}.test.ts`;
  const files = newFiles(
    [
      [`${base}.ts`, 'read-model/projection.ts'],
      [`${base}-operations.ts`, 'read-model/operations.ts'],
      [`${base}-queries.ts`, 'read-model/queries.ts'],
      [test, 'read-model/test.ts'],
    ],
    { ...aboutAggregate(app, aggregate, name, folder), Title: asTitle(name), category },
  );
  addReadModel(app, { what: camelCase(name), from: `${base}.ts` });
  addGroup(app, {
    ...{ tag: asTitle(pluralOf(aggregate.name)), description: `What became of ${inWords(pluralOf(aggregate.name))}.` },
    operations: { what: `${camelCase(name)}Operations`, from: `${base}-operations.ts` },
    queries: { what: `${camelCase(name)}Queries`, from: `${base}-queries.ts` },
  });
  return { files, toFillIn: `${base}.ts`, test };
}
