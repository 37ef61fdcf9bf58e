import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { watchedFolders } from '../../../local/watch/watched-folders.ts';

const lambdas = resolve('lambdas');

it.each([
  [
    'its own folder and that of all functions',
    '/apps/library',
    { relay: 'lambdas/spine/relay.ts' },
    ['/apps/library', lambdas],
  ],
  ['that of an entry outside', '/apps/library', { lend: '/code/lend.ts' }, ['/apps/library', lambdas, '/code']],
  ['one alone around all the others', resolve('.'), { lend: 'examples/lend.ts' }, [resolve('.')]],
  ['a folder whose name begins as another’s', resolve('lambdas-mine'), {}, [resolve('lambdas-mine'), lambdas]],
])('of an application are %s', (_, folder, entries, expected) => {
  expect(watchedFolders(folder, entries)).toEqual(expected);
});
