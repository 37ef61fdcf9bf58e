// The edge's cache on CloudFront, as far as we change it: invalidations by cache tag.
import {
  CloudFrontClient,
  CloudFrontServiceException,
  CreateInvalidationCommand,
  type InvalidationBatch,
} from '@aws-sdk/client-cloudfront';
import { isThrottlingError } from '@smithy/core/retry';
import type { SdkError } from '@smithy/types';
import { requestHandler } from '../request-handler.ts';
import { ThrottlingRetryStrategy } from '../throttling-retry.ts';

/** CloudFront's quota of tags in progress for a distribution, and so the most that a call can have. */
export const MAX_TAGS_PER_CALL = 3_000;

const REQUEST_TIMEOUT_IN_MILLIS = 8_000;
const MAX_ATTEMPTS = 3;

export type InvalidationResult =
  | { readonly kind: 'created' }
  /** CloudFront did nothing: too many invalidations are in progress, we are throttled, or we lack permission. */
  | { readonly kind: 'refused'; readonly code: string };

export interface EdgeCache {
  /**
   * Has the cache forget every answer that carries one of the tags; it does so within seconds.
   * @param tags at most {@link MAX_TAGS_PER_CALL}, each once
   * @throws Error when it is not known whether CloudFront did it
   */
  invalidate(tags: readonly string[]): Promise<InvalidationResult>;
}

/** A call whose answer is lost is not repeated here: it may have been billed already. */
export const cloudFrontClient = (): CloudFrontClient =>
  new CloudFrontClient({
    requestHandler: requestHandler(REQUEST_TIMEOUT_IN_MILLIS),
    retryStrategy: new ThrottlingRetryStrategy(MAX_ATTEMPTS),
  });

/** @param newId makes the id of each call; CloudFront ignores a call whose id it has seen */
export const cloudFrontEdgeCache = (
  client: CloudFrontClient,
  distributionId: string,
  newId: () => string,
): EdgeCache => ({
  async invalidate(tags) {
    // Among the paths to invalidate an item that begins with # is a tag.
    const Paths = { Quantity: tags.length, Items: tags.map((tag) => `#${tag}`) };
    const InvalidationBatch: InvalidationBatch = { CallerReference: newId(), Paths };
    try {
      await client.send(new CreateInvalidationCommand({ DistributionId: distributionId, InvalidationBatch }));
      return { kind: 'created' };
    } catch (error) {
      if (isRefusal(error)) return { kind: 'refused', code: error.name };
      throw error;
    }
  },
});

const isRefusal = (error: unknown): error is CloudFrontServiceException =>
  error instanceof CloudFrontServiceException && (error.$fault === 'client' || isThrottlingError(error as SdkError));
