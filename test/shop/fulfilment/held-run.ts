// A run that stands still for a while, and may be dead when it goes on.
import { fulfilOrders } from '../../../lambdas/shop/fulfilment/worker/handler.ts';
import type { FulfilmentPorts } from '../../../lambdas/shop/fulfilment/worker/ports.ts';
import type { stockedWorld } from './stocked-world.ts';

export type World = Awaited<ReturnType<typeof stockedWorld>>;

/** A run of the next message that stands still when it is about to reserve: before its second look at the stock of A. */
export function heldRun({ ports, waiting }: World, append = ports.store.append, isDead = () => false) {
  const [message] = waiting;
  if (!message) throw new Error('There is no message to run');
  const [reached, turn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let looks = 0;
  const alive = async () => {
    if (isDead()) throw new Error('this run is dead');
  };
  const held: FulfilmentPorts = {
    ...ports,
    store: {
      ...ports.store,
      append: (commit) => alive().then(() => append(commit)),
      async *readBackward(stream) {
        if (stream === 'stock-A') looks += 1;
        if (looks === 2) {
          reached.resolve();
          await turn.promise;
        }
        yield* ports.store.readBackward(stream);
      },
    },
    timers: { schedule: (timer) => alive().then(() => ports.timers.schedule(timer)) },
  };
  const ended = fulfilOrders(held)({ Records: [message as never] });
  return {
    reached: reached.promise,
    letGo: () => {
      turn.resolve();
      return ended;
    },
  };
}
