import { ulid } from 'ulid';
import { cloudFrontClient, cloudFrontEdgeCache } from '../aws/cloudfront/edge-cache.ts';
import { dynamoDbBudgetStore } from '../aws/dynamodb/budget-store.ts';
import { dynamoDbClient } from '../aws/dynamodb/client.ts';
import { retryPorts } from '../aws/execution.ts';
import { sqsInvalidationQueue } from '../aws/sqs/invalidation-queue.ts';
import { sqsClient } from '../aws/sqs/subscription-queue.ts';
import {
  DISTRIBUTION_ID,
  INVALIDATION_BUDGET_TABLE,
  INVALIDATION_BURST,
  INVALIDATION_COLLAPSE_ABOVE,
  INVALIDATION_TAGS_PER_MONTH,
  OWN_QUEUE_URL,
  SETTLING_SECONDS,
  SHARED_LIFETIME_SECONDS,
  STAGE,
} from '../bindings/environment.ts';
import { batchHandler } from '../runtime/batch-handler.ts';
import { required, requiredCount } from '../runtime/environment.ts';
import { stageMetrics } from '../runtime/metrics.ts';
import { publishFigures } from './figures.ts';
import { invalidator } from './handler.ts';

const metrics = stageMetrics(required(STAGE));
const distributionId = required(DISTRIBUTION_ID);

export const handler = batchHandler(
  invalidator(
    {
      ...retryPorts,
      budget: dynamoDbBudgetStore(dynamoDbClient(), required(INVALIDATION_BUDGET_TABLE), distributionId),
      edge: cloudFrontEdgeCache(cloudFrontClient(), distributionId, ulid),
      queue: sqsInvalidationQueue(sqsClient(), required(OWN_QUEUE_URL)),
      publish: (figures) => publishFigures(metrics, figures),
      now: () => new Date(),
    },
    {
      tokensPerMonth: requiredCount(INVALIDATION_TAGS_PER_MONTH),
      burst: requiredCount(INVALIDATION_BURST),
      collapseAbove: requiredCount(INVALIDATION_COLLAPSE_ABOVE),
      settlingInSeconds: requiredCount(SETTLING_SECONDS),
      sharedLifetimeInSeconds: requiredCount(SHARED_LIFETIME_SECONDS),
    },
  ),
);
