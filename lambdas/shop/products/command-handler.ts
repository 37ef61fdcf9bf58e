// Commands on products and their stock.

import { commandRequest } from '../../spine/http/commands/command-request.ts';
import { commandResponse } from '../../spine/http/commands/command-response.ts';
import { type CallerRequest, callerEndpoint, type Endpoint } from '../../spine/http/endpoint.ts';
import type { Authenticate } from '../../spine/http/request/caller.ts';
import { streamOf } from '../../spine/kernel/envelope.ts';
import {
  type CommandOutcome,
  type CommandRequest,
  executeCommand,
  executeFrom,
} from '../../spine/kernel/execution/execute-command.ts';
import { loadStream } from '../../spine/kernel/execution/stream-state.ts';
import { ProcessInterruptedError } from '../../spine/kernel/process-manager.ts';
import { type StockCommand, stockDecider } from '../stock/decider.ts';
import { type EscrowPorts, escrow } from '../stock/escrow.ts';
import { stockStream } from '../stock/streams.ts';
import { type ProductCommand, productDecider } from './decider.ts';
import { changePrice, listProduct, openStockStreams, receiveStock } from './operations.ts';

const streamOfProduct = (sku: string): string => streamOf(productDecider.category, sku);

export function productEndpoints(ports: EscrowPorts, authenticate: Authenticate): Endpoint[] {
  const stock = escrow(ports);

  const change = async (command: Exclude<ProductCommand, { type: 'ListProduct' }>, request: CallerRequest) => {
    const { sku } = command;
    const stream = streamOfProduct(sku);
    const outcome = await executeCommand(ports, productDecider, commandRequest(stream, command, request));
    return commandResponse(stream, outcome, { status: 200, body: { sku } });
  };

  /** The product's own stream says whether there is one; it is read together with the stock's. */
  const onStock = async (command: StaffCommand, request: CallerRequest) => {
    const { sku } = command;
    const stream = stockStream(sku);
    const [product, head] = await Promise.all([
      loadStream(ports.store, productDecider, streamOfProduct(sku)),
      loadStream(ports.store, stockDecider, stream),
    ]);
    const known = { ...command, isListed: product.state.stage === 'listed' };
    const toExecute: CommandRequest<StockCommand> = commandRequest(stream, known, request);
    const { outcome } = await executeFrom(ports, stockDecider, toExecute, head);
    return { stream, outcome, cause: toExecute.provenance };
  };

  const answer = (sku: string, stream: string, outcome: CommandOutcome) =>
    commandResponse(stream, outcome, { status: 200, body: { sku } });

  return [
    callerEndpoint(listProduct, authenticate, async (request) => {
      const { sku } = request.body;
      const stream = streamOfProduct(sku);
      const command = { type: 'ListProduct', ...request.body } as const;
      const toExecute = { ...commandRequest(stream, command, request), createsStream: true };
      const outcome = await executeCommand(ports, productDecider, toExecute);
      return commandResponse(stream, outcome, {
        status: 201,
        body: { sku },
        headers: { location: `/products/${sku}` },
      });
    }),
    callerEndpoint(changePrice, authenticate, (request) =>
      change({ type: 'ChangePrice', sku: request.path.sku, unitPrice: request.body.unitPrice }, request),
    ),
    callerEndpoint(receiveStock, authenticate, async (request) => {
      const { sku } = request.path;
      const { stream, outcome } = await onStock({ type: 'ReceiveStock', sku, ...request.body }, request);
      return answer(sku, stream, outcome);
    }),
    callerEndpoint(openStockStreams, authenticate, async (request) => {
      const { sku } = request.path;
      const { stream, outcome, cause } = await onStock({ type: 'OpenStreams', sku, ...request.body }, request);
      if (outcome.kind === 'done') await stock.settle(sku, cause).catch(leaveToTheNext);
      return answer(sku, stream, outcome);
    }),
  ];
}

type StaffCommand = { readonly sku: string } & (
  | { readonly type: 'ReceiveStock'; readonly quantity: number }
  | { readonly type: 'OpenStreams'; readonly streams: number }
);

/** An allotment is on record; whoever meets it completes it. */
function leaveToTheNext(error: unknown): void {
  if (!(error instanceof ProcessInterruptedError)) throw error;
}
