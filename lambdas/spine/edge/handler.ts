// Has the edge forget the answers that show changed rows, within a budget. A batch is one plan: a tag that a window of messages
// names twice is paid once.
//
// Tokens are taken before the call, so a process that dies in between has spent too little and never too much. The second
// pass is sent after the call, and the messages are settled after both: a process that dies leaves them, and the next one
// invalidates again. With the second pass first, a call that is refused would send another one each time that it is tried.
import type { SQSEvent } from 'aws-lambda';
import type { EdgeCache } from '../aws/cloudfront/edge-cache.ts';
import { invalidationIn } from '../aws/sqs/invalidation-queue.ts';
import { type BudgetPorts, changeBudget } from '../kernel/pipeline/budget.ts';
import type { InvalidationQueue } from '../kernel/pipeline/invalidation.ts';
import { type BucketLimits, giveBack, type TokenBucket } from '../kernel/pipeline/token-bucket.ts';
import { type BatchResponse, failedMessages } from '../runtime/batch-response.ts';
import { logger } from '../runtime/logger.ts';
import { readMessages } from '../runtime/queue-messages.ts';
import { callEdge } from './call-edge.ts';
import { type InvalidationFigures, tagsIn } from './figures.ts';
import { type PlannedCollection, type PlanSettings, plan } from './plan.ts';

export interface InvalidatorPorts extends BudgetPorts {
  readonly edge: EdgeCache;
  readonly queue: InvalidationQueue;
  publish(figures: InvalidationFigures): void;
}

export type InvalidatorSettings = PlanSettings & BucketLimits;

export function invalidator(
  ports: InvalidatorPorts,
  settings: InvalidatorSettings,
): (event: SQSEvent) => Promise<BatchResponse> {
  const { settlingInSeconds } = settings;
  const sendSecondPass = async ({ secondPass }: PlannedCollection) =>
    secondPass && ports.queue.send(secondPass, settlingInSeconds);

  return async ({ Records }) => {
    const unreadable = new Map<string, unknown>();
    const delivered = readMessages(Records, (body) => [invalidationIn(body)], unreadable);
    const invalidations = delivered.map(({ content }) => content);
    const { tags, affordable, dropped, bucket } = await changeBudget(ports, settings, (standing) =>
      plan(invalidations, standing, settings, ports.now()),
    );
    if (dropped.length > 0) {
      const collections = dropped.map(({ collection }) => collection);
      logger.warn('The budget of invalidations is spent: answers stay for their shared lifetime', { collections });
    }

    const { calls, invalidated } = await callEdge(ports.edge, tags);
    const { tokens } = await refund(ports, settings, bucket, tags.length - invalidated.size);
    const refused = affordable.filter((each) => each.tags.some((tag) => !invalidated.has(tag)));
    const settled = [...affordable, ...dropped].filter((each) => !refused.includes(each));
    await Promise.all(settled.map(sendSecondPass));
    ports.publish({
      tagsChanged: tagsIn(settled, 'changed'),
      tagsInvalidated: invalidated.size,
      calls,
      tagsDropped: tagsIn(dropped, 'asked'),
      tokensLeft: tokens,
    });

    const comingAgain = new Set(refused.map(({ collection }) => collection));
    const again = delivered.filter(({ content }) => comingAgain.has(content.collection));
    return failedMessages([...unreadable.keys(), ...again.map(({ messageId }) => messageId)]);
  };
}

/** Returns the tokens of refused tags. If that fails, the budget is merely smaller than it has to be. */
async function refund(
  ports: BudgetPorts,
  limits: BucketLimits,
  bucket: TokenBucket,
  count: number,
): Promise<TokenBucket> {
  if (count === 0) return bucket;
  try {
    return (await changeBudget(ports, limits, (standing) => ({ bucket: giveBack(standing, count, limits) }))).bucket;
  } catch (error) {
    logger.warn('Tokens that were not used could not be given back', { error, count });
    return bucket;
  }
}
