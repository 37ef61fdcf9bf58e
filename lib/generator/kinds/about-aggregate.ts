// What templates say of the aggregate that something new is about.
import { relative } from 'node:path';
import type { Aggregate } from '../aggregates.ts';
import type { ApplicationCode } from '../application-code.ts';
import { camelCase, inWords, pascalCase, pluralOf, withArticle } from '../names.ts';
import { ways } from '../plan.ts';
import type { Values } from '../template.ts';

/** Whether `npm run new` has written it, so that examples can say what its events hold. */
export const isGenerated = ({ name, eventTypes }: Aggregate): boolean => eventTypes[0] === `${pascalCase(name)}Created`;

/** @param folder of the new files, from the project's folder on */
export function aboutAggregate(app: ApplicationCode, aggregate: Aggregate, name: string, folder: string): Values {
  const { name: of, category, eventTypes, events, decider } = aggregate;
  const wayTo = (path: string) => {
    const way = relative(folder, path);
    return way.startsWith('.') ? way : `./${way}`;
  };
  const known = isGenerated(aggregate);
  return {
    ...ways(app),
    ...{ name: camelCase(name), Name: pascalCase(name), kebab: name, folder },
    ...{
      aggregate: camelCase(of),
      Aggregate: pascalCase(of),
      aggregateWords: inWords(of),
      anAggregate: withArticle(of),
    },
    ...{ aggregatePluralWords: inWords(pluralOf(of)), list: camelCase(pluralOf(of)), aggregateCategory: category },
    ...{ events: wayTo(events), eventsPath: events, decider: wayTo(decider), first: eventTypes[0] ?? '' },
    data: known ? `{ ${camelCase(of)}Id: '7', customerId: 'ada' }` : '{ /* Fill in what it holds. */ }',
    cast: known ? '' : 'unknown as ',
  };
}
