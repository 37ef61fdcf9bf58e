// The middy stack of every function that consumes a stream or a queue.
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type { BatchResponse } from './batch-response.ts';
import type { Invocation } from './invocation.ts';
import { logger } from './logger.ts';

export const batchHandler = <Event extends { readonly Records: readonly unknown[] }>(
  handle: (event: Event, invocation: Invocation) => Promise<BatchResponse>,
) =>
  middy<Event, BatchResponse, Error, Context>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use({
      after: ({ event, response }) => {
        const failures = response?.batchItemFailures ?? [];
        logger.info('Handled a batch', { records: event.Records.length, failures: failures.length });
        if (failures.length > 0) logger.warn('Part of the batch failed and will be delivered again', { failures });
      },
      onError: ({ error }) => logger.error('The batch failed and will be delivered again', { error }),
    })
    .handler((event, context) => handle(event, { remainingInMillis: () => context.getRemainingTimeInMillis() }));
