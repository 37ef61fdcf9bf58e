// What Stripe's errors mean to us.
import Stripe from 'stripe';
import { ProviderFailedError, ProviderUnavailableError } from './errors.ts';

const { StripeAPIError, StripeCardError, StripeConnectionError, StripeError } = Stripe.errors;
const { StripeInvalidRequestError, StripeRateLimitError } = Stripe.errors;

/** Parameters of a capture that come from the order. */
const ofTheOrder: readonly string[] = ['amount', 'currency', 'payment_method'];

/** The card was refused, or Stripe cannot take this order's payment at all, however often it is asked. */
export const isDecline = (error: unknown): boolean =>
  error instanceof StripeCardError ||
  (error instanceof StripeInvalidRequestError && ofTheOrder.includes(error.param ?? ''));

export const isAlreadyRefunded = (error: unknown): boolean =>
  error instanceof StripeInvalidRequestError && error.code === 'charge_already_refunded';

/** Also 409, while an earlier request with the same key is in progress. */
const mayPass = (error: unknown): boolean =>
  error instanceof StripeConnectionError || error instanceof StripeRateLimitError || error instanceof StripeAPIError;

/**
 * The error to throw in place of Stripe's own, which carries the payment intent with its client secret, the payer's name and
 * all headers, and would bring them into the log. An error that is not Stripe's is returned unchanged.
 */
export function withoutDetails(error: unknown): unknown {
  if (!(error instanceof StripeError)) return error;
  const { type, code, param, statusCode, requestId, detail } = error;
  const cause = {
    type,
    code,
    param,
    statusCode,
    requestId,
    detail: detail instanceof Error ? detail.message : undefined,
  };
  const what = [type, code, statusCode && `status ${statusCode}`, requestId].filter(Boolean).join(', ');
  return mayPass(error)
    ? new ProviderUnavailableError(`Stripe cannot be asked now: ${what}`, { cause })
    : new ProviderFailedError(`Stripe does not take the request: ${what}`, { cause });
}
