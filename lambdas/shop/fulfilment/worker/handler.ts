// The process of every order that a batch has something about.
import { commandSender } from '../../../spine/process/command-sender.ts';
import { processWorker } from '../../../spine/process/process-worker.ts';
import type { BatchWorker } from '../../../spine/runtime/batch-worker.ts';
import type { FulfilmentInput } from '../decider.ts';
import { hears } from '../inputs.ts';
import { orderFulfilmentProcess } from '../process.ts';
import { placesToInspect } from '../state.ts';
import { effects } from './effects.ts';
import type { FulfilmentPorts } from './ports.ts';
import { stockKeeper } from './stock.ts';
import { unrecordedReservations, withFirstStreams } from './stock-plan.ts';

export function fulfilOrders(ports: FulfilmentPorts): BatchWorker {
  const sender = commandSender(ports, ports.newId);
  const stock = stockKeeper(ports, sender);
  return processWorker(
    {
      manager: orderFulfilmentProcess,
      hears,
      onTimer: (ring): FulfilmentInput => ({ type: 'TimerRang', ...ring }),
      perform: effects(ports, sender, stock),
      lifetimeInSeconds: ports.paymentTimeoutInSeconds + ports.outageInSeconds,
      prepare: async (input) => (input.type === 'OrderPlaced' ? withFirstStreams(stock, input) : input),
      unrecorded: {
        isPossible: (state) => placesToInspect(state).length > 0,
        find: (state) => unrecordedReservations(stock, state),
      },
      defects: ['former_stock', 'payment_provider_failed'],
    },
    ports,
  );
}
