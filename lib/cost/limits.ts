// What a stage runs into first: each limit beside what the busiest hour asks of it.
import { accountConcurrency } from '../spine/settings/capacity-settings.ts';
import { email } from '../spine/settings/email-settings.ts';
import * as assumed from './assumptions.ts';
import { daysOfMonth, prod, secondsOfDay } from './bill.ts';
import { busiestRoute } from './busiest-route.ts';
import { type Load, loadOf, unitsOfPartition } from './load.ts';
import { type Measured, measured } from './order.ts';

export interface Limit {
  readonly what: string;
  readonly unit: string;
  readonly limit: number;
  readonly need: number;
  /** Above 1 it does not fit. */
  readonly use: number;
  /** Where the limit comes from: a setting of the stage, or AWS's page. */
  readonly source: string;
  readonly remedy: string;
}

const quotas = {
  lambda: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  dynamodb: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html',
  partition: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html',
  kinesis: 'https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html',
  sqs: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html',
  apiGateway: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html',
  ses: 'https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas.html',
  cloudFront: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html',
};

/** Of a table on demand, unless the account has got more. */
const TABLE_WRITE_UNITS = 40_000;
/** That a stream on demand takes when it is new; it grows to twice its highest hour of 30 days by itself. */
const NEW_STREAM_BYTES = 4_000_000;
const IN_FLIGHT = 120_000;
const API_REQUESTS = 10_000;
const TAGS_IN_PROGRESS = 3_000;
/** In 24 hours, of most accounts that have just left the sandbox; with 14 a second. */
const EMAILS_A_DAY = 50_000;
/** A stock stream carries two commits of an order's line: reserved, and settled later. */
const COMMITS_OF_STOCK = 2;

/** Those that are used most, first. @param ordersPerDay on average; the limits are held against the busiest hour */
export function limitsOf(ordersPerDay: number, order: Measured = measured): readonly Limit[] {
  const busiest = loadOf((ordersPerDay / secondsOfDay) * assumed.peakFactor, prod.invalidation.windowInSeconds, order);
  const monthOfTags = ordersPerDay * daysOfMonth * order.order.tags;
  const route = busiestRoute(busiest.ordersPerSecond, order.stage.routes);
  const dayOfEmails = ordersPerDay * order.order.emails;
  return [...ofStage(busiest, monthOfTags, route), ...ofAccount(busiest, dayOfEmails)]
    .map((each) => ({ ...each, use: each.need / each.limit }))
    .sort((one, other) => other.use - one.use);
}

type Unused = Omit<Limit, 'use'>;

function ofStage(load: Load, monthOfTags: number, busiest: ReturnType<typeof busiestRoute>): readonly Unused[] {
  const { subscriber, tableThroughput, publicConcurrency } = prod.capacity;
  const slowest = Math.max(
    ...Object.entries(load.busyMillis).map(([name, millis]) =>
      name.endsWith('-projector') || name === 'order-fulfilment' ? millis / 1_000 : 0,
    ),
  );
  const ofApi = Object.entries(load.busyMillis).reduce(
    (sum, [name, millis]) => sum + (name === 'query' || name.endsWith('-command') ? millis / 1_000 : 0),
    0,
  );
  return [
    {
      ...{ what: 'tags invalidated', unit: 'a month', limit: prod.invalidation.tagsPerMonth, need: monthOfTags },
      source: '`edgeTagsPerMonth`',
      remedy:
        'What the budget does not pay expires after `edgeSharedLifetimeSeconds`; raise it for $0.005 a tag, or let fewer pages be public',
    },
    {
      ...{ what: 'e-mails', unit: 'a second', limit: email.defaults.prod.email.sendsPerSecond, need: load.emails },
      source: '`emailSendsPerSecond`',
      remedy:
        'Ask SES for a higher `MaxSendRate` and set `emailSendsPerSecond` to it; e-mails wait meanwhile, for two days at most',
    },
    {
      ...{
        what: 'invocations of the busiest subscriber',
        unit: 'at a time',
        limit: subscriber.maximumConcurrency,
        need: slowest,
      },
      source: '`subscriber.maximumConcurrency`',
      remedy: 'Raise `subscriber.maximumConcurrency`, within the account’s concurrency',
    },
    {
      ...{
        what: 'write units of the event table',
        unit: 'a second',
        limit: tableThroughput.maxWriteRequestUnits,
        need: load.eventWriteUnits,
      },
      source: '`tableThroughput.maxWriteRequestUnits`',
      remedy: 'Raise `tableThroughput`, warm the table up before a sale, and ask for a higher quota above 40,000',
    },
    {
      ...{ what: 'invocations behind the API', unit: 'at a time', limit: publicConcurrency, need: ofApi },
      source: '`publicConcurrency`',
      remedy: 'Raise `publicConcurrency`, after the account’s concurrency',
    },
    {
      ...{ what: `requests of ${busiest.route}`, unit: 'a second', limit: busiest.limit, need: busiest.need },
      source: '`throttle.requestsPerSecond`, of which the route takes a share',
      remedy: 'Raise `throttle` or the route’s `throttleShare`, and the account’s quota with it',
    },
  ];
}

function ofAccount(load: Load, dayOfEmails: number): readonly Unused[] {
  const running = Object.values(load.busyMillis).reduce((sum, millis) => sum + millis / 1_000, 0);
  const inFlight =
    Math.max(...Object.values(load.messages)) *
    (Math.max(...Object.values(load.busyMillis)) / 1_000 / Math.max(1, load.ordersPerSecond));
  return [
    {
      ...{ what: 'e-mails', unit: 'in 24 hours', limit: EMAILS_A_DAY, need: dayOfEmails },
      source: quotas.ses,
      remedy: 'Ask SES for a higher sending quota; e-mails wait meanwhile, for two days at most',
    },
    {
      ...{ what: 'Lambda’s concurrency', unit: 'at a time', limit: accountConcurrency.byDefault, need: running },
      source: quotas.lambda,
      remedy: 'Ask for more concurrency; it is granted by the thousand',
    },
    {
      ...{
        what: 'write units of a table on demand',
        unit: 'a second',
        limit: TABLE_WRITE_UNITS,
        need: load.eventWriteUnits,
      },
      source: quotas.dynamodb,
      remedy: 'Ask for a higher quota of the table',
    },
    {
      what: 'write units of one stream: the most wanted product’s stock',
      ...{
        unit: 'a second',
        limit: unitsOfPartition,
        need: load.ordersPerSecond * assumed.hottestShare * COMMITS_OF_STOCK,
      },
      source: quotas.partition,
      remedy: 'Give the product more stock streams: `POST /products/{sku}/stock/streams`, 32 of them at most',
    },
    {
      ...{ what: 'bytes to the event stream', unit: 'a second', limit: NEW_STREAM_BYTES, need: load.recordBytes },
      source: quotas.kinesis,
      remedy:
        'On demand it doubles within 15 minutes by itself; before a sale switch to provisioned shards of 1 MB/s and 1,000 records/s each',
    },
    {
      ...{ what: 'messages of a queue in flight', unit: 'at a time', limit: IN_FLIGHT, need: inFlight },
      source: quotas.sqs,
      remedy: 'Let the subscriber run more often at a time, so that messages stay shorter',
    },
    {
      ...{ what: 'requests of API Gateway', unit: 'a second', limit: API_REQUESTS, need: load.apiRequests },
      source: quotas.apiGateway,
      remedy: 'Ask for a higher quota, and let the edge keep more',
    },
    {
      ...{
        what: 'tags in progress at CloudFront',
        unit: 'at a time',
        limit: TAGS_IN_PROGRESS,
        need: Math.min(load.tags, prod.invalidation.burst),
      },
      source: quotas.cloudFront,
      remedy: 'The budget and `collapseAbove` keep it below; nothing to do',
    },
  ];
}
