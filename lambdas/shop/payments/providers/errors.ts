// How asking a payment provider can fail. Neither error says anything of the payer, nor holds a secret.
import { EventspineError } from '../../../spine/kernel/errors.ts';

/** A passing failure: the same request with the same key may succeed later. */
export class ProviderUnavailableError extends EventspineError {
  readonly code = 'payment_provider_unavailable';
}

/** A lasting failure: the provider refuses our credentials or our request. */
export class ProviderFailedError extends EventspineError {
  readonly code = 'payment_provider_failed';
}
