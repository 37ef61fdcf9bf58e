// A read model of an aggregate: its projection with an index by customer, and a query.
import { join, relative } from 'node:path';
import { aggregateFor } from '../aggregates.ts';
import type { ApplicationCode } from '../application-code.ts';
import { addOperations, addQuery, addReadModel, checkFreeRoute } from '../manifest-edits.ts';
import { asTitle, camelCase, inWords, pluralOf } from '../names.ts';
import { checkFree, newFiles, type Plan } from '../plan.ts';
import { addToReading, readingFile } from '../reading.ts';
import { aboutAggregate } from './about-aggregate.ts';

export async function planReadModel(app: ApplicationCode, name: string, of: string | undefined): Promise<Plan> {
  const aggregate = await aggregateFor(app, name, of);
  checkFree(app.manifest, name);
  checkFreeRoute(app, `GET /${name}/{customerId}`);
  const { folder, category } = aggregate;
  const base = join(folder, name);
  const test = `${app.tests}/${pluralOf(aggregate.name)}/${name}.test.ts`;
  const projection = { what: camelCase(name), from: `${base}.ts` };
  const reading = relative(folder, readingFile(app));
  const moved = addToReading(app, projection);
  const files = newFiles(
    [
      [`${base}.ts`, 'read-model/projection.ts'],
      [`${base}-operations.ts`, 'read-model/operations.ts'],
      [`${base}-query.ts`, 'read-model/query.ts'],
      [test, 'read-model/test.ts'],
    ],
    { ...aboutAggregate(app, aggregate, name, folder), Title: asTitle(name), category, reading },
  );
  addReadModel(app, projection);
  addOperations(app, {
    ...{ tag: asTitle(pluralOf(aggregate.name)), description: `What became of ${inWords(pluralOf(aggregate.name))}.` },
    ...{ what: `${camelCase(name)}Operations`, from: `${base}-operations.ts` },
  });
  const query = { what: `${camelCase(name)}Query`, from: `${base}-query.ts` };
  addQuery(
    app,
    (part) => `${query.what}(${part('modelOf')}(${projection.what}), ${part('authenticate')}, ${part('caching')})`,
    [projection, query],
  );
  return { files: [...files, ...moved], toFillIn: `${base}.ts`, test };
}
