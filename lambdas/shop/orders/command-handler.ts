// Commands on orders.

import { commandRequest } from '../../spine/http/commands/command-request.ts';
import { commandResponse } from '../../spine/http/commands/command-response.ts';
import { newIdFor } from '../../spine/http/commands/new-id.ts';
import { type CallerRequest, callerEndpoint, type Endpoint } from '../../spine/http/endpoint.ts';
import { validationFailed } from '../../spine/http/problem.ts';
import type { Authenticate, Caller } from '../../spine/http/request/caller.ts';
import { streamOf } from '../../spine/kernel/envelope.ts';
import { type ExecutionPorts, executeCommand } from '../../spine/kernel/execution/execute-command.ts';
import { loadStream } from '../../spine/kernel/execution/stream-state.ts';
import type { PaymentTokens } from '../payments/providers/payment-tokens.ts';
import { productDecider } from '../products/decider.ts';
import { type OrderCommand, orderDecider } from './decider.ts';
import type { OpenOrders } from './open-orders.ts';
import { cancelOrder, deliverOrder, placeOrder, shipOrder } from './operations.ts';
import type { PlaceOrder, RequestedLine } from './place-order.ts';

const streamOfOrder = (orderId: string): string => streamOf(orderDecider.category, orderId);

/** Staff act on any order, a customer on their own. */
const asCaller = ({ isStaff, customerId }: Caller) => (isStaff ? {} : { caller: customerId });

/** @param tokens which payment tokens the stage's provider takes */
export function orderEndpoints(
  ports: ExecutionPorts,
  authenticate: Authenticate,
  tokens: PaymentTokens,
  openOrdersOf: OpenOrders,
): Endpoint[] {
  const withProduct = async ({ sku, quantity }: { sku: string; quantity: number }): Promise<RequestedLine> => {
    const { state } = await loadStream(ports.store, productDecider, streamOf(productDecider.category, sku));
    if (state.stage === 'unlisted') return { sku, quantity };
    const { name, unitPrice, currency } = state;
    return { sku, quantity, product: { name, unitPrice, currency } };
  };
  const change = async (
    command: Exclude<OrderCommand, PlaceOrder>,
    status: 'cancelled' | 'shipped' | 'delivered',
    request: CallerRequest,
  ) => {
    const { orderId } = command;
    const stream = streamOfOrder(orderId);
    const outcome = await executeCommand(ports, orderDecider, commandRequest(stream, command, request));
    return commandResponse(stream, outcome, { status: 200, body: { orderId, status } });
  };
  return [
    callerEndpoint(placeOrder, authenticate, async (request) => {
      const { caller, body } = request;
      if (!tokens.accepts(body.paymentToken)) {
        throw validationFailed([{ pointer: '/body/paymentToken', detail: tokens.rule }]);
      }
      const orderId = newIdFor(request);
      const [openOrders, ...lines] = await Promise.all([
        openOrdersOf(caller.customerId),
        ...body.lines.map(withProduct),
      ]);
      const command: PlaceOrder = {
        type: 'PlaceOrder',
        orderId,
        customerId: caller.customerId,
        ...(caller.email === undefined ? {} : { email: caller.email }),
        paymentToken: body.paymentToken,
        lines,
        ...(body.expectedTotal === undefined ? {} : { expectedTotal: body.expectedTotal }),
        ...(openOrders && { openOrders }),
      };
      const stream = streamOfOrder(orderId);
      const toExecute = { ...commandRequest(stream, command, request), createsStream: true };
      const outcome = await executeCommand(ports, orderDecider, toExecute);
      return commandResponse(stream, outcome, {
        status: 201,
        body: { orderId, status: 'placed' },
        headers: { location: `/orders/${orderId}` },
      });
    }),
    callerEndpoint(cancelOrder, authenticate, (request) => {
      const { path, body, caller } = request;
      return change({ type: 'CancelOrder', ...path, ...body, ...asCaller(caller) }, 'cancelled', request);
    }),
    callerEndpoint(shipOrder, authenticate, (request) =>
      change({ type: 'ShipOrder', ...request.path, ...request.body }, 'shipped', request),
    ),
    callerEndpoint(deliverOrder, authenticate, (request) =>
      change({ type: 'DeliverOrder', ...request.path }, 'delivered', request),
    ),
  ];
}
