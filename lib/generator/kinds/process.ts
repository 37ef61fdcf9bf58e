// A process that waits for a day and sends an aggregate a command, and its function.
import { type Aggregate, aggregateFor } from '../aggregates.ts';
import type { ApplicationCode } from '../application-code.ts';
import { addCategory, addFunction } from '../manifest-edits.ts';
import { asCategory, inWords, pascalCase, withArticle } from '../names.ts';
import { checkFree, checkFreeCategory, newFiles, type Plan } from '../plan.ts';
import type { Values } from '../template.ts';
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
  const path = `${folder}/process.ts`;
  const files = newFiles(
    [
      [path, 'process/process.ts'],
      [entry, 'process/function.ts'],
      [test, 'process/test.ts'],
    ],
    {
      ...aboutAggregate(app, aggregate, name, folder),
      ...(isGenerated(aggregate) ? knownCommand(aggregate) : commandToFillIn(aggregate, path)),
      category,
      whenOver: last === undefined ? 'return undefined;' : `return event.type === '${last}' ? 'lifted' : undefined;`,
    },
  );
  addCategory(app, category);
  const impact = `What ${inWords(name)} does may be late: ${inWords(aggregate.name)} streams wait for its commands.`;
  addFunction(
    app,
    name,
    `{ kind: 'process', entry: '${entry}', hears: ['${aggregate.category}'], appends: ['${category}', '${aggregate.category}'], impact: '${impact}' }`,
  );
  return { files, toFillIn: path, test };
}

const knownCommand = ({ name }: Aggregate): Values => ({
  command: `{ type: 'Close${pascalCase(name)}' }`,
  commandType: '',
  commandHole: '',
});

const commandToFillIn = ({ name }: Aggregate, path: string): Values => ({
  command: 'command()',
  commandType: `type ${pascalCase(name)}Command, `,
  commandHole: `
/** What is sent when the day is over. */
function command(): ${pascalCase(name)}Command {
  throw new Error('Fill in command() in ${path}: which of its commands does ${withArticle(name)} get?');
}`,
});
