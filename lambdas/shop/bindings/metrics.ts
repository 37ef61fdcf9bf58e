// Names of the metrics and log codes that the shop's functions publish and its alarms watch.

/** Refunds that the payment provider accepted and then failed to make. */
export const REFUNDS_FAILED = 'RefundsFailed';
/** Value of `code` in the log: a payment callback was refused for its signature. */
export const SIGNATURE_REFUSED = 'signature_refused';
