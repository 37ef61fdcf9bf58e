// What the manifest declares, by the names under which it is deployed: tests iterate over these, so that a new function or read model
// is tested without an edit.
import { readModels, shop } from '../../lambdas/shop/shop.ts';
import { functionsOfKind } from '../../lambdas/spine/manifest/functions.ts';

export const processes = functionsOfKind(shop, 'process').map(([name]) => name);
export const notifiers = functionsOfKind(shop, 'notifications').map(([name]) => name);

/** Those that the public calls by the API, by weight of their concurrency. */
export const publicFunctions = [...functionsOfKind(shop, 'query'), ...functionsOfKind(shop, 'command')].map(
  ([name, { concurrencyWeight = 1 }]) => ({ name, weight: concurrencyWeight }),
);

/** The functions that consume the queue of a subscription, in the order of the template. */
export const subscribers = [...readModels.map(({ name }) => `${name}-projector`), ...processes, ...notifiers];

/** Where a function finds the table of each read model. */
export const readTables = Object.fromEntries(
  readModels.map(({ name }) => [`READ_TABLE_${name.toUpperCase().replaceAll('-', '_')}`, `${name}/table`]),
);
