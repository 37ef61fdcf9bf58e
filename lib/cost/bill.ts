// A month's bill of a stage like `prod`, by service.
import { capacity } from '../spine/settings/capacity-settings.ts';
import { edgeGroup } from '../spine/settings/edge-settings.ts';
import * as assumed from './assumptions.ts';
import { type Load, loadOf } from './load.ts';
import { type Measured, measured, sizes } from './order.ts';
import { type Priced, prices } from './prices.ts';

export const daysOfMonth = 30;
export const secondsOfDay = 86_400;
const SECONDS = daysOfMonth * secondsOfDay;
const HOURS = daysOfMonth * 24;
const GIGABYTE = 1_000_000_000;
const FREE_TAGS = 1_000;

export const prod = { capacity: capacity.defaults.prod, invalidation: edgeGroup.defaults.prod.edge.invalidation };

export interface Line {
  readonly service: string;
  readonly what: string;
  /** A month. */
  readonly quantity: number;
  readonly dollars: number;
}

const line = (service: string, what: string, price: Priced, quantity: number): Line => ({
  ...{ service, what, quantity },
  dollars: (quantity / prices[price].per) * prices[price].dollars,
});

export function billOf(ordersPerDay: number, order: Measured = measured): readonly Line[] {
  const load = loadOf(ordersPerDay / secondsOfDay, prod.invalidation.windowInSeconds, order);
  return [
    ...ofData(load, ordersPerDay),
    ...ofCompute(load, order),
    ...ofFront(load),
    ...ofWatching(load, ordersPerDay, order),
  ];
}

function ofData(load: Load, ordersPerDay: number): readonly Line[] {
  const monthOfOrders = ordersPerDay * daysOfMonth;
  return [
    line('DynamoDB', 'write units', 'writeUnit', load.writeUnits * SECONDS),
    line('DynamoDB', 'read units', 'readUnit', load.readUnits * SECONDS),
    line(
      'DynamoDB',
      'GB stored of a month’s orders',
      'storedGigabyteMonth',
      (monthOfOrders * (sizes.events + sizes.rows)) / GIGABYTE,
    ),
    line('DynamoDB', 'GB of them recoverable', 'recoverableGigabyteMonth', (monthOfOrders * sizes.events) / GIGABYTE),
    line('Kinesis', 'stream hours, on demand', 'streamHour', HOURS),
    line('Kinesis', 'GB in, by the kilobyte begun', 'streamGigabyteIn', (load.billedRecordBytes * SECONDS) / GIGABYTE),
    line('Kinesis', 'GB out', 'streamGigabyteOut', (load.billedRecordBytes * SECONDS) / GIGABYTE),
    line('SQS', 'requests', 'queueRequest', load.queueRequests * SECONDS),
  ];
}

function ofCompute({ invocations, busyMillis }: Load, { stage }: Measured): readonly Line[] {
  const gigabyteSeconds = Object.entries(busyMillis).reduce(
    (total, [name, millis]) => total + (millis / 1_000) * ((stage.memoryInMegabytes[name] ?? 0) / 1_024),
    0,
  );
  return [
    line('Lambda', 'invocations', 'invocation', total(invocations) * SECONDS),
    line('Lambda', 'GB-seconds, arm64', 'armGigabyteSecond', gigabyteSeconds * SECONDS),
  ];
}

function ofFront(load: Load): readonly Line[] {
  const tags = Math.min(load.tags * SECONDS, prod.invalidation.tagsPerMonth + prod.invalidation.burst);
  return [
    line('API Gateway', 'requests', 'apiRequest', load.apiRequests * SECONDS),
    line('CloudFront', 'requests', 'edgeRequest', load.edgeRequests * SECONDS),
    line('CloudFront', 'calls of edge functions', 'edgeFunctionCall', 2 * load.edgeRequests * SECONDS),
    line('CloudFront', 'GB out', 'edgeGigabyteOut', (load.edgeRequests * SECONDS * assumed.answerBytes) / GIGABYTE),
    line('CloudFront', 'tags invalidated, within the budget', 'invalidatedTag', Math.max(0, tags - FREE_TAGS)),
    line('SES', 'e-mails', 'email', load.emails * SECONDS),
  ];
}

function ofWatching(load: Load, ordersPerDay: number, { stage }: Measured): readonly Line[] {
  const { invocations } = load;
  const ownLogs = ordersPerDay * daysOfMonth * sizes.logs;
  const logs =
    ownLogs + SECONDS * (total(invocations) * assumed.platformLogBytes + load.apiRequests * assumed.accessLogBytes);
  const traces = Object.values(invocations).reduce((sum, rate) => sum + traced(rate), 0);
  return [
    line('CloudWatch', 'GB of logs', 'logGigabyte', logs / GIGABYTE),
    line('CloudWatch', 'metrics of our own', 'metricMonth', assumed.metrics),
    line('CloudWatch', 'alarms', 'alarmMonth', stage.alarms),
    line('CloudWatch', 'dashboard', 'dashboardMonth', stage.dashboards),
    line('X-Ray', 'traces, by its default rule', 'trace', traces * SECONDS),
    line('Secrets Manager', 'secrets', 'secretMonth', assumed.secrets),
  ];
}

const traced = (rate: number): number =>
  Math.min(rate, assumed.traced.perSecond) + Math.max(0, rate - assumed.traced.perSecond) * assumed.traced.share;

const total = (rates: Readonly<Record<string, number>>): number =>
  Object.values(rates).reduce((one, other) => one + other, 0);
