// Who gets the hints of which streams.
import type { Subscription } from '../kernel/pipeline/subscription.ts';
import { categoriesOf, type Projection } from '../kernel/projections/projection.ts';
import type { DeclarationOf } from './functions.ts';
import type { Application } from './manifest.ts';

export type { Subscription as SubscriptionDeclaration } from '../kernel/pipeline/subscription.ts';

/** What has a queue of its own beside the read models. */
export type SubscriberDeclaration = DeclarationOf<'process' | 'notifications'>;

export const subscriptionOfReadModel = (
  projection: Pick<Projection<unknown>, 'name' | 'folds' | 'readsPersonal' | 'streamsPerSecond'>,
): Subscription => narrowed({ ...projection, categories: categoriesOf(projection) });

export const subscriptionOfFunction = (name: string, declaration: SubscriberDeclaration): Subscription =>
  declaration.kind === 'notifications'
    ? { name, categories: declaration.hears, readsPersonal: true }
    : narrowed({ ...declaration, name, categories: declaration.hears });

/** Of the read models, then of the functions, each in the manifest's order. */
export const subscriptionsOf = ({
  readModels,
  functions,
}: Pick<Application, 'readModels' | 'functions'>): readonly Subscription[] => [
  ...readModels.map(subscriptionOfReadModel),
  ...Object.entries(functions).flatMap(([name, declaration]) =>
    declaration.kind === 'process' || declaration.kind === 'notifications'
      ? [subscriptionOfFunction(name, declaration)]
      : [],
  ),
];

/** Nothing but what a subscription has: it goes into the environment of functions. */
const narrowed = ({ name, categories, readsPersonal, streamsPerSecond }: Subscription): Subscription => ({
  name,
  categories,
  ...(readsPersonal !== undefined && { readsPersonal }),
  ...(streamsPerSecond !== undefined && { streamsPerSecond }),
});
