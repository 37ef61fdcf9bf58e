// The environment variables that the shop's infrastructure sets and its functions read, beyond those of every application.

/** How many orders of a customer may await payment at once. */
export const OPEN_ORDERS_PER_CUSTOMER = 'OPEN_ORDERS_PER_CUSTOMER';
/** Seconds that an order waits for the payment provider's answer. */
export const PAYMENT_TIMEOUT_SECONDS = 'PAYMENT_TIMEOUT_SECONDS';
/** Which payment provider the stage has: `sandbox` or `stripe`. */
export const PAYMENT_PROVIDER = 'PAYMENT_PROVIDER';
/** ARN of the secret that signs the payment provider's callbacks. */
export const PAYMENT_CALLBACK_SECRET_ARN = 'PAYMENT_CALLBACK_SECRET_ARN';
/** ARN of the secret with the payment provider's API key; the sandbox has none. */
export const PAYMENT_API_KEY_SECRET_ARN = 'PAYMENT_API_KEY_SECRET_ARN';
/**
 * Address of the sandbox provider where it is served over HTTP, as on the local host. Without it the sandbox answers inside the
 * function.
 */
export const PAYMENT_SANDBOX_ENDPOINT = 'PAYMENT_SANDBOX_ENDPOINT';
