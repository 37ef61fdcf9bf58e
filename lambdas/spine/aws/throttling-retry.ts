// Retries for calls that must not be made twice: only one that the service throttled is repeated, because only that one is
// known not to have been taken.
import { StandardRetryStrategy } from '@smithy/core/retry';
import type { RetryErrorInfo, StandardRetryToken } from '@smithy/types';

export class ThrottlingRetryStrategy extends StandardRetryStrategy {
  override async refreshRetryTokenForRetry(
    token: StandardRetryToken,
    info: RetryErrorInfo,
  ): Promise<StandardRetryToken> {
    if (info.errorType === 'THROTTLING') return super.refreshRetryTokenForRetry(token, info);
    throw new Error(`Only a throttled call is repeated; this one ended with ${info.errorType}`);
  }
}
