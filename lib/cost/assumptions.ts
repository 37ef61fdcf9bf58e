// What the reckoning takes for granted because nothing here measures it. Change a figure, and `npm run cost` reckons with yours.

/** Pages that are looked at for each order, by route; how many of them the edge has is the share of the second figure. */
export const looks = {
  'GET /products': { perOrder: 2, atTheEdge: 0.9 },
  'GET /products/{sku}': { perOrder: 5, atTheEdge: 0.9 },
  'GET /orders/{orderId}': { perOrder: 2, atTheEdge: 0 },
  'GET /customers/{customerId}/orders': { perOrder: 1, atTheEdge: 0 },
} as const;

/** Commands of an order's life, by route. */
export const commands = {
  'POST /orders': 1,
  'POST /orders/{orderId}/ship': 1,
  'POST /orders/{orderId}/deliver': 1,
} as const;
export const commandsPerOrder = Object.keys(commands).length;

/** Bytes of an answer with its headers. */
export const answerBytes = 1_500;

/** The busiest hour of a day against its mean. */
export const peakFactor = 3;

/** Share of all orders that are for the most wanted product. */
export const hottestShare = 0.01;

/**
 * Milliseconds that a function waits for one request, one after the other. DynamoDB answers in single-digit milliseconds; the others are
 * guesses that a stage's own metrics will mend.
 */
export const waitInMillis: Readonly<Record<string, number>> = {
  dynamodb: 6,
  sqs: 15,
  kinesis: 15,
  ses: 60,
  cloudfront: 200,
};

/** A payment provider's answer, once for each order. */
export const paymentInMillis = 400;

/** Our own code: a warm invocation, and each commit that relay or fan-out bundle (`npm run bench -- pipeline`). */
export const ownMillis = { invocation: 5, bundledCommit: 0.2 };

/** Lambda's own lines about an invocation, `platform.start` and `platform.report`. */
export const platformLogBytes = 700;

/** A line of the API's access log. */
export const accessLogBytes = 500;

/** Series of our own metrics that a stage writes. */
export const metrics = 20;

/** Secrets of a stage: the origin's, the callbacks', the security log's key. */
export const secrets = 3;

/**
 * How Lambda reads: a shard of a change stream four times a second, one of Kinesis once
 * (https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html, https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html), a queue
 * with five pollers whose empty looks take 20 s (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html).
 */
export const looksPerSecond = { changeShard: 4, streamShard: 1 };
export const queuePollers = { perQueue: 5, longestLookInSeconds: 20 };

/** Records of one invocation of relay or fan-out. */
export const recordsPerBatch = 500;

/** X-Ray's default rule: one a second for each service, and a share of the rest (https://docs.aws.amazon.com/xray/latest/devguide/xray-console-sampling.html). */
export const traced = { perSecond: 1, share: 0.05 };

/** Of the event stream on demand, at least. */
export const leastShards = 4;
