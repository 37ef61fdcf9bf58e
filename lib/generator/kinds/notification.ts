// An e-mail about an aggregate's event: its declaration, and its function.
import type { NotificationsDeclaration } from '../../../lambdas/spine/manifest/functions.ts';
import { type Aggregate, aggregateFor } from '../aggregates.ts';
import type { ApplicationCode } from '../application-code.ts';
import { GeneratorError } from '../generator-error.ts';
import { addCategory, addFunction } from '../manifest-edits.ts';
import { camelCase, inWords, pascalCase, pluralOf } from '../names.ts';
import { checkFree, checkFreeCategory, newFiles, type Plan } from '../plan.ts';
import { aboutAggregate } from './about-aggregate.ts';

export async function planNotification(app: ApplicationCode, name: string, of: string | undefined): Promise<Plan> {
  const aggregate = await aggregateFor(app, name, of);
  const functionName = `${aggregate.name}-notifications`;
  const register = `${aggregate.category}notification`;
  checkUntold(app, aggregate);
  checkFree(app.manifest, functionName);
  checkFreeCategory(app.manifest, register);
  const { eventTypes } = aggregate;
  const [first = ''] = eventTypes;
  const personal = aggregate.personalOf(first);
  if (personal === undefined) {
    throw new GeneratorError(
      `${first} must hold an address in \`personal\` (${aggregate.events}): there the e-mail goes.`,
    );
  }
  const event = eventTypes.find((type) => type === pascalCase(name)) ?? first;
  const folder = `${app.code}/notifications`;
  const entry = `${app.code}/functions/${functionName}.ts`;
  const test = `${app.tests}/notifications/${name}.test.ts`;
  const happened = [...new Set([first, event])].map((type) => `{ type: '${type}', data: {} }`).join(', ');
  const values = { ...aboutAggregate(app, aggregate, name, folder), personal, event, register, happened };
  const files = newFiles(
    [
      [`${folder}/${name}.ts`, 'notification/declaration.ts'],
      [entry, 'notification/function.ts'],
      [test, 'notification/test.ts'],
    ],
    { ...values, name: camelCase(name) },
  );
  addCategory(app, register);
  const impact = `Customers have not got their e-mail about ${inWords(pluralOf(aggregate.name))}.`;
  addFunction(
    app,
    functionName,
    `{ kind: 'notifications', entry: '${entry}', hears: ['${aggregate.category}'], register: '${register}', recipients: 'customers', impact: '${impact}' }`,
  );
  return { files, toFillIn: `${folder}/${name}.ts`, test };
}

/** @throws GeneratorError where somebody is told of the aggregate already: that function takes another event */
function checkUntold({ manifest }: ApplicationCode, { name, category }: Aggregate): void {
  const [functionName] =
    Object.entries(manifest.functions).find(
      ([, each]) => each.kind === 'notifications' && (each as NotificationsDeclaration).hears.includes(category),
    ) ?? [];
  if (functionName === undefined) return;
  throw new GeneratorError(`${functionName} tells of ${name} already: add a trigger to its declaration.`);
}
