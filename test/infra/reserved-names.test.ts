// No function and no read model can be called as a construct that the stacks have beside them.
import { expect, it } from 'vitest';
import { shop } from '../../lambdas/shop/shop.ts';
import { spineEntries } from '../../lambdas/spine/manifest/entries.ts';
import { reservedNames } from '../../lambdas/spine/manifest/reserved-names.ts';
import { appOf } from './deployment.ts';

const own = [...Object.keys({ ...shop.functions, ...spineEntries }), ...shop.readModels.map(({ name }) => name)];

it.each(['http', 'rest'] as const)('reserves the names of constructs, behind a front door of %s', (frontDoor) => {
  const app = appOf('prod', { frontDoor });
  const names = ['state', 'compute'].flatMap((stack) =>
    app.node.findChild(`eventspine-prod-${stack}`).node.children.map(({ node }) => node.id),
  );
  const parts = names.filter((name) => /^[a-z][a-z0-9-]*$/.test(name) && !own.some((each) => name.startsWith(each)));
  expect(parts.length).toBeGreaterThan(10);
  expect(parts.filter((name) => !reservedNames.includes(name))).toEqual([]);
});
