// Stripe's amounts are minor units too, but for a few currencies it counts other decimals than ISO 4217 does: see
// "Special cases" and "Zero-decimal currencies" in https://docs.stripe.com/currencies.

/** Decimals that Stripe has beyond those of ISO 4217. */
const extraDecimals: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, MGA: -2 };

/** @param amount in minor units of ISO 4217 */
export const stripeMoney = (amount: number, currency: string): { amount: number; currency: string } => ({
  amount: Math.round(amount * 10 ** (extraDecimals[currency] ?? 0)),
  currency: currency.toLowerCase(),
});
