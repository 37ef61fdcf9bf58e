import { describe, expect, it } from 'vitest';
import { shop } from '../../lambdas/shop/shop.ts';
import { routesOf } from '../../lambdas/spine/manifest/routes.ts';
import { throttleOf } from '../../lib/spine/api/route-throttle.ts';
import { accountConcurrency } from '../../lib/spine/settings/capacity-settings.ts';
import { stages } from '../../lib/spine/settings/stages.ts';
import { deploymentOf, settingsOf } from './deployment.ts';

const routes = routesOf(shop);

/** What an account has by default (https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html). */
const accountThrottle = { requestsPerSecond: 10_000, burst: 5_000 };

const prod = deploymentOf('prod');
const publicFunctions = ['query', 'orders-command', 'products-command', 'payment-callback'];
const reserved = (name: string, deployment = prod) =>
  deployment.at(`${name}/function`).properties['ReservedConcurrentExecutions'];

describe('the throttles of the routes', () => {
  const limits = routes.map((route) => ({ key: route.key, ...throttleOf(route, settingsOf('prod')) }));
  const rateOf = (wanted: string) => limits.find(({ key }) => key === wanted)?.throttlingRateLimit ?? 0;

  it.each(['dev', 'prod'] as const)('of %s are together below what an account has by default', (stage) => {
    const all = routes.map((route) => throttleOf(route, settingsOf(stage)));
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    expect(sum(all.map((each) => each.throttlingRateLimit))).toBeLessThan(accountThrottle.requestsPerSecond);
    expect(sum(all.map((each) => each.throttlingBurstLimit))).toBeLessThan(accountThrottle.burst);
  });

  it.each([
    'POST /orders',
    'POST /products/{sku}/stock/streams',
    'GET /customers/{customerId}/orders',
    'GET /products',
    'GET /orders/{orderId}/events',
  ])('%s, of which a request asks for much, takes a tenth of what a row’s route takes', (key) => {
    expect(rateOf(key)).toBe(rateOf('GET /orders/{orderId}') / 10);
  });

  it('HEAD takes a tenth of what GET takes', () => {
    expect(rateOf('HEAD /orders/{orderId}')).toBe(rateOf('GET /orders/{orderId}') / 10);
    expect(rateOf('HEAD /products')).toBe(rateOf('GET /products') / 10);
  });

  it('a story takes least of all that customers ask for', () => {
    const others = limits.filter(({ key }) => !/\/story$|^HEAD |\/ops\//.test(key));
    for (const { throttlingRateLimit } of others)
      expect(throttlingRateLimit).toBeGreaterThan(rateOf('GET /orders/{orderId}/story'));
  });

  it('each route for operators takes a hundredth', () => {
    expect(rateOf('GET /ops/pipeline')).toBe(rateOf('GET /orders/{orderId}') / 100);
  });

  it('every route takes something, on every stage', () => {
    for (const stage of stages)
      for (const route of routes) {
        const { throttlingRateLimit, throttlingBurstLimit } = throttleOf(route, settingsOf(stage));
        expect(Math.min(throttlingRateLimit, throttlingBurstLimit)).toBeGreaterThanOrEqual(1);
      }
  });
});

describe('concurrency', () => {
  it('of the functions behind the API is capped in production, all together at its setting', () => {
    const caps = publicFunctions.map((name) => Number(reserved(name)));
    expect(caps).toEqual([250, 150, 50, 50]);
    expect(caps.reduce((sum, cap) => sum + cap)).toBe(settingsOf('prod').publicConcurrency);
  });

  it('that the public cannot take is enough for every mapping of a queue, and more than AWS asks for', () => {
    const queues = prod
      .ofType('AWS::Lambda::EventSourceMapping')
      .flatMap(({ properties }) => (properties['ScalingConfig'] ?? []) as { MaximumConcurrency: number });
    const wanted = queues.reduce((sum, { MaximumConcurrency }) => sum + MaximumConcurrency, 0);
    const left =
      accountConcurrency.byDefault - Number(settingsOf('prod').publicConcurrency) - Number(reserved('operations'));
    expect(left).toBeGreaterThan(wanted + accountConcurrency.leastUnreserved);
  });

  it('of operators is reserved beside that of the public', () => {
    expect(reserved('operations')).toBe(5);
    expect(reserved('operations', deploymentOf('dev'))).toBeUndefined();
  });

  it('of the pipeline is not capped by a reservation', () => {
    const capped = prod
      .ofType('AWS::Lambda::Function')
      .filter(({ properties }) => 'ReservedConcurrentExecutions' in properties);
    expect(capped.map(({ path }) => path.replace(/\/function$/, '')).sort()).toEqual(
      [...publicFunctions, 'operations'].sort(),
    );
  });

  it('is left to an account whose quota is low', () => {
    for (const deployment of [deploymentOf('prod', { publicConcurrency: 'unreserved' }), deploymentOf('dev')])
      for (const name of publicFunctions) expect(reserved(name, deployment)).toBeUndefined();
  });

  it.each([0, 9, 1.5])('cannot be %d', (publicConcurrency) => {
    expect(() => settingsOf('prod', { publicConcurrency })).toThrow(
      `publicConcurrency (-c publicConcurrency) must be "unreserved" or a whole number from 10, got ${publicConcurrency}`,
    );
  });
});

describe('tables', () => {
  it.each([
    ['prod', 12_000, 4_000],
    ['dev', 1_000, 500],
  ] as const)('of %s take %i reads and %i writes a second at most, and so do their indexes', (stage, reads, writes) => {
    const most = {
      ReadOnDemandThroughputSettings: { MaxReadRequestUnits: reads },
      WriteOnDemandThroughputSettings: { MaxWriteRequestUnits: writes },
    };
    const tables = deploymentOf(stage).ofType('AWS::DynamoDB::GlobalTable');
    expect(tables).toHaveLength(6);
    for (const { properties } of tables) {
      const { Replicas, GlobalSecondaryIndexes = [], WriteOnDemandThroughputSettings } = properties as unknown as Table;
      const ReadOnDemandThroughputSettings =
        properties['ReadOnDemandThroughputSettings'] ?? Replicas[0]?.ReadOnDemandThroughputSettings;
      expect({ WriteOnDemandThroughputSettings, ReadOnDemandThroughputSettings }).toEqual(most);
      for (const { IndexName, WriteOnDemandThroughputSettings: indexWrites } of GlobalSecondaryIndexes) {
        const inReplica = Replicas[0]?.GlobalSecondaryIndexes?.find((index) => index.IndexName === IndexName);
        expect({ ...inReplica, WriteOnDemandThroughputSettings: indexWrites }).toEqual({ IndexName, ...most });
      }
    }
  });
});

interface Index {
  readonly IndexName: string;
  readonly WriteOnDemandThroughputSettings?: unknown;
}

interface Table {
  readonly Replicas: readonly { GlobalSecondaryIndexes?: readonly Index[]; ReadOnDemandThroughputSettings?: unknown }[];
  readonly GlobalSecondaryIndexes?: readonly Index[];
  readonly WriteOnDemandThroughputSettings: unknown;
}
