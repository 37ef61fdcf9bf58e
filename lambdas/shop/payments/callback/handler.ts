// The payment provider's later answers. A repeated one, or one that comes too late to matter, changes nothing.

import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Secret } from '../../../spine/aws/secrets/secret.ts';
import { commandRequest } from '../../../spine/http/commands/command-request.ts';
import { commandResponse } from '../../../spine/http/commands/command-response.ts';
import { type Endpoint, type HttpRequest, signedEndpoint } from '../../../spine/http/endpoint.ts';
import { jsonResponse } from '../../../spine/http/response.ts';
import { streamOf } from '../../../spine/kernel/envelope.ts';
import { type ExecutionPorts, executeCommand } from '../../../spine/kernel/execution/execute-command.ts';
import { logger } from '../../../spine/runtime/logger.ts';
import { type PaymentCommand, paymentDecider } from '../decider.ts';
import { type PaymentCallback, receivePaymentCallback } from '../operations.ts';
import type { ProviderName } from '../providers/provider-name.ts';
import { stripeCommand, stripeEvent } from './stripe-event.ts';
import { signatureVerifier } from './verify-signature.ts';

export interface CallbackPorts extends ExecutionPorts {
  /** The secret that the provider signs with. */
  readonly secret: Secret;
  /** Counts a refund that failed after it had been accepted, for an operator. */
  countFailedRefund(): void;
  /** Milliseconds since 1970. */
  now(): number;
}

/** The route of the stage's provider: our own callbacks for the sandbox, Stripe's webhooks for Stripe. */
export function callbackEndpoint(provider: ProviderName, ports: CallbackPorts): Endpoint {
  const verifierOf = (header: string) => signatureVerifier(header, ports.secret, ports.now);
  switch (provider) {
    case 'sandbox':
      return signedEndpoint(receivePaymentCallback, verifierOf('Payment-Signature'), (request) =>
        record(ports, callbackCommand(request.body), request),
      );
    case 'stripe':
      return signedEndpoint(
        { ...receivePaymentCallback, body: stripeEvent },
        verifierOf('Stripe-Signature'),
        (request) => record(ports, stripeCommand(request.body), request),
      );
    default:
      return provider satisfies never;
  }
}

const callbackCommand = (callback: PaymentCallback): PaymentCommand => {
  const { orderId } = callback;
  return callback.outcome === 'captured'
    ? { type: 'RecordCapture', orderId, transactionId: callback.transactionId }
    : { type: 'RecordDecline', orderId };
};

/** A callback with nothing to record is accepted too, or the provider would repeat it. */
async function record(
  ports: CallbackPorts,
  command: PaymentCommand | undefined,
  request: HttpRequest,
): Promise<APIGatewayProxyStructuredResultV2> {
  if (!command) return jsonResponse(202, {}, { 'cache-control': 'no-store' });
  const { orderId } = command;
  const stream = streamOf(paymentDecider.category, orderId);
  const outcome = await executeCommand(ports, paymentDecider, commandRequest(stream, command, request));
  if (command.type === 'RecordRefundFailure' && outcome.kind === 'done') {
    logger.error('A refund failed: the customer has to get the money in another way', { ...command });
    ports.countFailedRefund();
  }
  return commandResponse(stream, outcome, { status: 202, body: { orderId } });
}
