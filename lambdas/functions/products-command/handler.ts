// Commands on products.

import { changePrice, listProduct, receiveStock } from '../../api/product-operations.ts';
import { type ProductCommand, productDecider } from '../../domain/product/decider.ts';
import { type ExecutionPorts, executeCommand } from '../../kernel/execute-command.ts';
import type { Authenticate } from '../../runtime/http/caller.ts';
import { commandRequest } from '../../runtime/http/command-request.ts';
import { commandResponse } from '../../runtime/http/command-response.ts';
import { type CallerRequest, callerEndpoint, type Endpoint } from '../../runtime/http/endpoint.ts';

const streamOf = (sku: string): string => `${productDecider.category}-${sku}`;

export function productEndpoints(ports: ExecutionPorts, authenticate: Authenticate): Endpoint[] {
  const change = async (command: Exclude<ProductCommand, { type: 'ListProduct' }>, request: CallerRequest) => {
    const { sku } = command;
    const stream = streamOf(sku);
    const outcome = await executeCommand(ports, productDecider, commandRequest(stream, command, request));
    return commandResponse(stream, outcome, { status: 200, body: { sku } });
  };
  return [
    callerEndpoint(listProduct, authenticate, async (request) => {
      const { sku } = request.body;
      const stream = streamOf(sku);
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
    callerEndpoint(receiveStock, authenticate, (request) =>
      change({ type: 'ReceiveStock', sku: request.path.sku, quantity: request.body.quantity }, request),
    ),
  ];
}
