// A process that hears an aggregate: its events, decider and definition, and its function.
import { aggregateFor } from '../aggregates.ts';
import type { ApplicationCode } from '../application-code.ts';
import { addCategory, addFunction } from '../manifest-edits.ts';
import { asCategory, inWords, pascalCase } from '../names.ts';
import { checkFree, checkFreeCategory, newFiles, type Plan } from '../plan.ts';
import { aboutAggregate, isGenerated } from './about-aggregate.ts';

export async function planProcess(app: ApplicationCode, name: string, of: string | undefined): Promise<Plan> {
  const aggregate = await aggregateFor(app, name, of);
  const category = asCategory(name);
  checkFree(app.manifest, name);
  checkFreeCategory(app.manifest, category);
  const folder = `${app.code}/${name}`;
  const entry = `${app.code}/functions/${name}.ts`;
  const test = `${app.tests}/${name}/process.test.ts`;
  const [, ...later] = aggregate.eventTypes;
  const last = later.at(-1);
  const files = newFiles(
    [
      [`${folder}/events.ts`, 'process/events.ts'],
      [`${folder}/decider.ts`, 'process/decider.ts'],
      [`${folder}/process.ts`, 'process/process.ts'],
      [entry, 'process/function.ts'],
      [test, 'process/test.ts'],
    ],
    {
      ...aboutAggregate(app, aggregate, name, folder),
      category,
      command: isGenerated(aggregate) ? `Close${pascalCase(aggregate.name)}` : 'NameOfTheCommand',
      whenOver: last === undefined ? 'return undefined;' : `return type === '${last}' ? { type: 'Ended' } : undefined;`,
    },
  );
  addCategory(app, category);
  const impact = `What ${inWords(name)} does may be late: ${inWords(aggregate.name)} streams wait for its commands.`;
  addFunction(
    app,
    name,
    `{ kind: 'process', entry: '${entry}', hears: ['${aggregate.category}'], appends: ['${category}', '${aggregate.category}'], impact: '${impact}' }`,
  );
  return { files, toFillIn: `${folder}/process.ts`, test };
}
