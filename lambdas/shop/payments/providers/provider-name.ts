// The payment providers. A stage has one of them.
import { EventspineError } from '../../../spine/kernel/errors.ts';

const providerNames = ['sandbox', 'stripe'] as const;
export type ProviderName = (typeof providerNames)[number];

export class UnknownProviderError extends EventspineError {
  readonly code = 'unknown_payment_provider';
}

/** @throws UnknownProviderError */
export function providerNamed(name: string): ProviderName {
  const known = providerNames.find((candidate) => candidate === name);
  if (known) return known;
  throw new UnknownProviderError(`A payment provider is one of ${providerNames.join(', ')}; this one is ${name}`);
}
