// An aggregate: its events, state, decider and API, and the function that decides its commands.
import type { ApplicationCode } from '../application-code.ts';
import { addCategory, addFunction, addGroup, checkFreeRoute } from '../manifest-edits.ts';
import { asCategory, asTitle, camelCase, inWords, pascalCase, pluralOf, withArticle } from '../names.ts';
import { checkFree, checkFreeCategory, newFiles, type Plan, ways } from '../plan.ts';

export async function planAggregate(app: ApplicationCode, name: string): Promise<Plan> {
  const plural = pluralOf(name);
  const category = asCategory(name);
  const functionName = `${plural}-command`;
  checkFreeCategory(app.manifest, category);
  checkFree(app.manifest, functionName);
  checkFreeRoute(app, `POST /${plural}`);
  const folder = `${app.code}/${plural}`;
  const entry = `${app.code}/functions/${functionName}.ts`;
  const test = `${app.tests}/${plural}/decider.test.ts`;
  const concept = ['events', 'state', 'decider', 'operations', 'command-handler'] as const;
  const files = newFiles(
    [
      ...concept.map((each) => [`${folder}/${each}.ts`, `aggregate/${each}.ts`] as const),
      [entry, 'aggregate/function.ts'],
      [test, 'aggregate/test.ts'],
    ],
    {
      ...ways(app),
      ...{
        name: camelCase(name),
        Name: pascalCase(name),
        words: inWords(name),
        aWords: withArticle(name),
        snake: name.replaceAll('-', '_'),
      },
      ...{ plural, pluralWords: inWords(plural), Title: asTitle(plural), category },
    },
  );
  addCategory(app, category);
  addFunction(app, functionName, `{ kind: 'command', entry: '${entry}', appends: ['${category}'] }`);
  addGroup(app, {
    ...{ tag: asTitle(plural), description: `What became of ${inWords(plural)}.`, commands: functionName },
    operations: { what: `${camelCase(name)}Operations`, from: `${folder}/operations.ts` },
  });
  return { files, toFillIn: `${folder}/decider.ts`, test };
}
