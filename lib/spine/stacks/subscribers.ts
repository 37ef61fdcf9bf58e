// The functions with a queue, as the manifest declares them.
import type { Construct } from 'constructs';
import { functionsOfKind } from '../../../lambdas/spine/manifest/functions.ts';
import { Process } from '../events/process.ts';
import { Projector } from '../events/projector.ts';
import type { Subscriber } from '../events/subscriber.ts';
import type { Subscription } from '../events/subscription.ts';
import { Notifier } from '../notifications/notifier.ts';
import { functionDefaults } from '../settings/construct-props.ts';
import type { ComputeContext } from './compute-context.ts';

export interface Subscribers {
  /** One for each read model. */
  readonly projectors: readonly Subscriber[];
  /** Process managers and notifiers, by their names. */
  readonly byName: Readonly<Record<string, Subscriber>>;
}

export function addSubscribers(scope: Construct, { application, settings, state, code }: ComputeContext): Subscribers {
  const { eventTable, readModels, mailSender, edge } = state;
  const { stage, outageInSeconds, lagAlarmSeconds } = settings;
  const common = { ...functionDefaults(settings), stage, lagAlarm: { lagAlarmSeconds }, eventTable };
  const projectors = functionsOfKind(application, 'projector').flatMap(([name]) =>
    readModels.map(
      (readModel) =>
        new Projector(scope, `${readModel.projection.name}-projector`, {
          ...common,
          readModel,
          invalidation: edge?.invalidation,
          code: code(name),
        }),
    ),
  );
  const processes = functionsOfKind(application, 'process').map(([name, { appends, impact }]) => {
    const props = {
      ...common,
      outageInSeconds,
      appends,
      impact,
      subscription: subscriptionOf(name),
      code: code(name),
    };
    return [name, new Process(scope, name, props)] as const;
  });
  const notifiers = functionsOfKind(application, 'notifications').map(([name, { register, recipients, impact }]) => {
    if (mailSender === undefined) throw new RangeError(`${name} has nobody to send from`);
    const subscription = subscriptionOf(name);
    const told = { register, recipients, impact };
    const props = { ...common, ...told, subscription, sender: mailSender, code: code(name) };
    return [name, new Notifier(scope, name, props)] as const;
  });
  return { projectors, byName: Object.fromEntries([...processes, ...notifiers]) };

  function subscriptionOf(name: string): Subscription {
    const subscription = state.subscriptions.get(name);
    if (subscription !== undefined) return subscription;
    throw new RangeError(`There is no subscription of ${name}`);
  }
}
