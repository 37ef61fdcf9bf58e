// The process manager's actions, done: each says how it ended and which event tells so.
import type { Action } from '../../domain/fulfilment/actions.ts';
import { type FulfilmentInput, fulfilmentDecider } from '../../domain/fulfilment/decider.ts';
import type { FulfilmentState } from '../../domain/fulfilment/state.ts';
import { orderDecider } from '../../domain/order/decider.ts';
import { productDecider } from '../../domain/product/decider.ts';
import type { Provenance } from '../../kernel/envelope.ts';
import type { Heard } from '../../kernel/process-manager.ts';
import { loadStream } from '../../kernel/stream-state.ts';
import { type CommandSender, causeOf } from './commands.ts';
import { payments } from './payments.ts';
import type { FulfilmentPorts } from './ports.ts';

type Ended = Promise<Heard<FulfilmentInput>>;
type Started = Exclude<FulfilmentState, { stage: 'none' }>;
type Order = Started['order'];

export function performer(ports: FulfilmentPorts, sender: CommandSender) {
  const pay = payments(ports, sender);
  return (action: Action, state: FulfilmentState, cause: Provenance): Ended => {
    if (state.stage === 'none') throw new RangeError(`${action.do} before the fulfilment started`);
    const { order } = state;
    switch (action.do) {
      case 'reserve-line':
      case 'release-line':
      case 'ship-line':
        return moveStock(ports, sender, action, state, cause);
      case 'capture-payment':
        return pay.capture(order, cause);
      case 'settle-payment':
        return pay.settle(order, cause);
      case 'refund-payment':
        return pay.refund(order, action.transactionId, cause);
      case 'confirm-order':
        return confirm(sender, order, action.transactionId, cause);
      case 'reject-order':
        return reject(sender, order, action, cause);
      case 'finish':
        return Promise.resolve({ input: { type: 'Finished' }, causationId: cause.causationId });
      default:
        return action satisfies never;
    }
  };
}

const stockCommands = {
  'reserve-line': { type: 'ReserveStock', ended: 'LineReserved' },
  'release-line': { type: 'ReleaseStock', ended: 'LineReleased' },
  'ship-line': { type: 'ShipStock', ended: 'LineShipped' },
} as const;

/**
 * An order's line is reserved, released and shipped once. So the order is the key, and not what caused the command: of two
 * runs that had different causes, the second learns of the event that the first has led to, and can tell of it.
 */
async function moveStock(
  { store }: FulfilmentPorts,
  sender: CommandSender,
  action: Extract<Action, { do: keyof typeof stockCommands }>,
  state: Started,
  cause: Provenance,
): Ended {
  const { sku } = action;
  const { orderId, lines } = state.order;
  const quantity = lines.find((line) => line.sku === sku)?.quantity ?? 0;
  const { type, ended } = stockCommands[action.do];
  const command = { type, sku, orderId, quantity };
  // Bars are remembered by number, and a product can be in such demand that the one of an order that has ended is forgotten
  // while this run waits for its turn.
  const stream = `${fulfilmentDecider.category}-${orderId}`;
  const isWanted = async () =>
    type !== 'ReserveStock' || (await loadStream(store, fulfilmentDecider, stream)).state.stage === 'reserving';
  const sent = await sender.send(productDecider, sku, command, cause, orderId, isWanted);
  if (sent.kind === 'rejected') {
    const input = { type: type === 'ReserveStock' ? 'LineRefused' : ended, sku } as const;
    return { input, causationId: cause.causationId };
  }
  // A run that died may have reserved the line. The release rules out that one still does: now it is known for good.
  const isInDoubt = state.stage === 'undoing' && state.inDoubt === sku;
  const reservation = isInDoubt ? await sent.earlier({ ...command, type: 'ReserveStock' }) : undefined;
  if (reservation !== undefined) return { input: { type: 'LineReserved', sku }, causationId: reservation };
  return { input: { type: ended, sku }, causationId: causeOf(sent, cause) };
}

/** Refused means that the customer cancelled in the meantime. */
async function confirm(sender: CommandSender, { orderId }: Order, transactionId: string, cause: Provenance): Ended {
  const sent = await sender.send(orderDecider, orderId, { type: 'ConfirmOrder', orderId, transactionId }, cause);
  const type = sent.kind === 'rejected' ? 'OrderCancelled' : 'OrderConfirmed';
  return { input: { type }, causationId: causeOf(sent, cause) };
}

/** Refused means that the order has ended already: cancelled, or rejected by an earlier run. */
async function reject(
  sender: CommandSender,
  { orderId }: Order,
  { code, sku }: Extract<Action, { do: 'reject-order' }>,
  cause: Provenance,
): Ended {
  const command = { type: 'RejectOrder', orderId, code, ...(sku !== undefined && { sku }) } as const;
  const sent = await sender.send(orderDecider, orderId, command, cause);
  return { input: { type: 'Finished' }, causationId: causeOf(sent, cause) };
}
