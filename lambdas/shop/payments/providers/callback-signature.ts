// The signature of a payment callback: `t=<unix seconds>,v1=<hex HMAC-SHA-256 of "<t>.<raw body>">`. It is Stripe's
// scheme (https://docs.stripe.com/webhooks#verify-manually) with one rule more: a time too far in the future is stale
// too. While a secret is rotated, a sender may sign with both: one `v1` that fits is enough. Other fields are passed over.
import { createHmac, timingSafeEqual } from 'node:crypto';

export const SIGNATURE_TOLERANCE_IN_SECONDS = 300;

export type SignatureCheck =
  | { readonly kind: 'valid' }
  | { readonly kind: 'missing' | 'malformed' | 'forged' }
  /** Genuine, but too old or from the future: seconds that it is behind our clock, negative when it is ahead. */
  | { readonly kind: 'stale'; readonly ageInSeconds: number };

/** @returns the value of the signature header */
export const signCallback = (secret: string, body: string | Uint8Array, timestampInSeconds: number): string =>
  `t=${timestampInSeconds},v1=${hmac(secret, body, String(timestampInSeconds)).toString('hex')}`;

export function checkSignature(
  header: string | undefined,
  body: Uint8Array,
  secret: string,
  nowInSeconds: number,
): SignatureCheck {
  if (!header) return { kind: 'missing' };
  const signed = parse(header);
  if (!signed) return { kind: 'malformed' };
  const expected = hmac(secret, body, signed.timestamp);
  if (!signed.signatures.some((signature) => timingSafeEqual(signature, expected))) return { kind: 'forged' };
  const ageInSeconds = nowInSeconds - Number(signed.timestamp);
  return Math.abs(ageInSeconds) > SIGNATURE_TOLERANCE_IN_SECONDS ? { kind: 'stale', ageInSeconds } : { kind: 'valid' };
}

/** @returns `undefined` unless there is exactly one time and at least one signature, each well formed */
function parse(header: string): { timestamp: string; signatures: Buffer[] } | undefined {
  const fields = header.split(',').map((field) => field.trim().split('=', 2));
  const valuesOf = (name: string) => fields.flatMap(([key, value = '']) => (key === name ? [value] : []));
  const [timestamp, ...furtherTimestamps] = valuesOf('t');
  const signatures = valuesOf('v1');
  const isWellFormed =
    timestamp !== undefined &&
    /^\d{1,12}$/.test(timestamp) &&
    furtherTimestamps.length === 0 &&
    signatures.length > 0 &&
    signatures.every((signature) => /^[0-9a-f]{64}$/i.test(signature));
  return isWellFormed
    ? { timestamp, signatures: signatures.map((signature) => Buffer.from(signature, 'hex')) }
    : undefined;
}

const hmac = (secret: string, body: string | Uint8Array, timestamp: string): Buffer =>
  createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest();
