import { describe, expect, it } from 'vitest';
import { readModels } from '../../lambdas/shop/shop.ts';
import { categoriesOf } from '../../lambdas/spine/kernel/projections/projection.ts';
import { notifiers, processes, publicFunctions, readTables, subscribers } from './declared.ts';
import { apiKeySecretArn, deploymentOf } from './deployment.ts';
import { ownPermissionsOf } from './permissions.ts';

const prod = deploymentOf('prod');
const functions = prod.ofType('AWS::Lambda::Function');
const behindApi = [...publicFunctions.map(({ name }) => name), 'operations'];

const environmentOf = (name: string, deployment = prod): Record<string, string> => {
  const { Environment } = deployment.at(`${name}/function`).properties;
  const { Variables } = Environment as { Variables: Record<string, unknown> };
  return Object.fromEntries(Object.entries(Variables).map(([key, value]) => [key, deployment.target(value)]));
};
const everywhere = (name: string) => ({
  POWERTOOLS_SERVICE_NAME: name,
  NODE_OPTIONS: '--enable-source-maps',
});
/** Of a subscriber: where it hands on what it has no time for, and how much it takes at once. */
const handingOn = (queue: string, hintsPerMessage: number) => ({
  OWN_QUEUE_URL: `${queue}/queue`,
  HINTS_PER_MESSAGE: String(hintsPerMessage),
});
/** And where it notes what failed at its last delivery. */
const noting = (subscription: string) => ({
  SUBSCRIPTION: subscription,
  DELIVERIES: '5',
  OPERATIONS_TABLE: 'operations/table',
});
const originSecret = { ORIGIN_SECRET: '{{resolve:secretsmanager:origin-secret:SecretString:::}}' };
const securityLog = { SECURITY_LOG_KEY: '{{resolve:secretsmanager:security-log-key:SecretString:::}}' };
const tokens = {
  TOKEN_ISSUER: 'users/user-pool.ProviderURL',
  TOKEN_AUDIENCE: 'users/user-pool/client',
  TOKEN_JWKS_URI: 'users/user-pool.ProviderURL/.well-known/jwks.json',
};

/** Of `prod`: half of what its tables take at most. */
const sweep = { SWEEP_WORKERS: '16', SWEEP_READ_UNITS: '6000', SWEEP_WRITE_UNITS: '2000' };

describe('functions', () => {
  it('every function runs on Node.js 24 on arm64, logs JSON to a group of its own, which keeps who asked what for two weeks and the rest for three months, and is traced', () => {
    for (const { path, properties } of functions) {
      const logs = path.replace(/\/function$/, '/logs');
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        LoggingConfig: { LogFormat: 'JSON' },
        TracingConfig: { Mode: 'Active' },
      });
      const { LogGroup } = properties['LoggingConfig'] as { LogGroup: unknown };
      expect(prod.target(LogGroup)).toBe(logs);
      const isBehindApi = behindApi.includes(path.replace(/\/function$/, ''));
      expect(prod.at(logs).properties['RetentionInDays']).toBe(isBehindApi ? 14 : 90);
    }
  });

  it('the command functions are told the event table and the token issuer, for orders more', () => {
    expect(environmentOf('products-command')).toEqual({
      ...everywhere('products-command'),
      ...tokens,
      ...originSecret,
      ...securityLog,
      EVENT_TABLE: 'events/table',
    });
    expect(environmentOf('orders-command')).toEqual({
      ...everywhere('orders-command'),
      ...tokens,
      ...originSecret,
      ...securityLog,
      EVENT_TABLE: 'events/table',
      PAYMENT_PROVIDER: 'stripe',
      OPEN_ORDERS_PER_CUSTOMER: '50',
      READ_TABLE_CUSTOMER_ORDERS: 'customer-orders/table',
    });
  });

  it('the payment callback is told the event table, the payment provider and the secret that signs its requests', () => {
    expect(environmentOf('payment-callback')).toEqual({
      ...everywhere('payment-callback'),
      ...originSecret,
      ...securityLog,
      EVENT_TABLE: 'events/table',
      PAYMENT_PROVIDER: 'stripe',
      PAYMENT_CALLBACK_SECRET_ARN: 'payment-callback-secret',
      STAGE: 'prod',
    });
  });

  it('the query function is told the event table, every read table, the issuer, the payment provider and how long the edge keeps answers', () => {
    expect(environmentOf('query')).toEqual({
      ...everywhere('query'),
      ...tokens,
      PAYMENT_PROVIDER: 'stripe',
      ...originSecret,
      ...securityLog,
      SHARED_LIFETIME_SECONDS: '300',
      EVENT_TABLE: 'events/table',
      ...readTables,
    });
  });

  it('the relay is told the event stream, the number of lanes and where to leave what it cannot pass on', () => {
    expect(environmentOf('relay')).toEqual({
      ...everywhere('relay'),
      EVENT_STREAM: 'event-stream/stream',
      LANES: '16',
      RELAY_FAILURES_URL: 'relay-failures',
      WIRE_VERSION: '2',
    });
  });

  it('the redrive is told all that relay and fan-out are, and where to put what can never succeed', () => {
    const { FAN_OUT_FAILURES_URL, WIRE_VERSION: _, ...queues } = environmentOf('fan-out');
    const { WIRE_VERSION: __, ...relay } = environmentOf('relay');
    expect(environmentOf('redrive')).toEqual({
      ...queues,
      ...relay,
      ...everywhere('redrive'),
      STAGE: 'prod',
      EVENT_TABLE: 'events/table',
      FAN_OUT_FAILURES_URL,
      RELAY_DEAD_LETTERS_URL: 'relay-failures-dead-letters',
      FAN_OUT_DEAD_LETTERS_URL: 'fan-out-failures-dead-letters',
    });
  });

  it('the operations function is told every queue and the tables of events and operations', () => {
    const { FAN_OUT_FAILURES_URL, WIRE_VERSION: _, ...queues } = environmentOf('fan-out');
    expect(environmentOf('operations')).toEqual({
      ...queues,
      ...everywhere('operations'),
      ...tokens,
      ...originSecret,
      ...securityLog,
      EVENT_TABLE: 'events/table',
      OPERATIONS_TABLE: 'operations/table',
      WORK_QUEUE_URL: 'work/queue',
      AUDIT_QUEUE_URL: 'audit-work/queue',
      RELAY_FAILURES_URL: 'relay-failures',
      FAN_OUT_FAILURES_URL,
      INVALIDATION_QUEUE_URL: 'invalidation/queue',
      STAGE: 'prod',
      LAG_SERVICES: JSON.stringify({
        ...Object.fromEntries(readModels.map(({ name }) => [name, `${name}-projector`])),
        ...Object.fromEntries([...processes, ...notifiers].map((name) => [name, name])),
      }),
      READ_MODELS: JSON.stringify(
        readModels.map((each) => ({
          name: each.name,
          categories: categoriesOf(each),
          indexes: each.indexes.length,
        })),
      ),
      ...sweep,
    });
  });

  it('the sweeper is told its queue, what it may take, and every read table', () => {
    expect(environmentOf('sweeper')).toEqual({
      ...everywhere('sweeper'),
      ...sweep,
      EVENT_TABLE: 'events/table',
      OPERATIONS_TABLE: 'operations/table',
      WORK_QUEUE_URL: 'work/queue',
      WORK_DELIVERIES: '5',
      ...readTables,
      INVALIDATION_QUEUE_URL: 'invalidation/queue',
    });
  });

  it('the audit is told its queue, what it may take, the change stream, and every table and queue that it compares', () => {
    const { EVENT_STREAM: _, FAN_OUT_FAILURES_URL: __, WIRE_VERSION: ___, ...queues } = environmentOf('fan-out');
    expect(environmentOf('audit')).toEqual({
      ...queues,
      ...everywhere('audit'),
      STAGE: 'prod',
      EVENT_TABLE: 'events/table',
      CHANGE_STREAM_ARN: 'events/table.StreamArn',
      OPERATIONS_TABLE: 'operations/table',
      OWN_QUEUE_URL: 'audit-work/queue',
      AUDIT_UNITS_PER_SECOND: '200',
      ...readTables,
    });
  });

  it('a projector is told its stage, its projection, its table, the event table and where changed rows are reported', () => {
    expect(environmentOf('order-detail-projector')).toEqual({
      ...everywhere('order-detail-projector'),
      ...handingOn('order-detail', 100),
      ...noting('order-detail'),
      STAGE: 'prod',
      PROJECTION: 'order-detail',
      EVENT_TABLE: 'events/table',
      READ_TABLE_ORDER_DETAIL: 'order-detail/table',
      INVALIDATION_QUEUE_URL: 'invalidation/queue',
    });
  });

  it('the invalidator is told its distribution, its own queue, its budget and the times that it has to keep', () => {
    expect(environmentOf('invalidator')).toEqual({
      ...everywhere('invalidator'),
      ...handingOn('invalidation', 100),
      DISTRIBUTION_ID: 'edge/distribution',
      INVALIDATION_BUDGET_TABLE: 'invalidation-budget/table',
      INVALIDATION_TAGS_PER_MONTH: '20000',
      INVALIDATION_BURST: '1000',
      INVALIDATION_COLLAPSE_ABOVE: '20',
      STAGE: 'prod',
      SHARED_LIFETIME_SECONDS: '300',
      SETTLING_SECONDS: '23',
    });
  });

  it('without an edge no function is told of one', () => {
    const direct = deploymentOf('prod', { edge: 'off' });
    const variables = direct
      .ofType('AWS::Lambda::Function')
      .flatMap(({ path }) => Object.keys(environmentOf(path.replace(/\/function$/, ''), direct)));
    expect(variables.filter((name) => /ORIGIN|SHARED|INVALIDATION|DISTRIBUTION|SETTLING/.test(name))).toEqual([]);
  });

  it('the order fulfilment is told the event table, its own queue and how payments are made', () => {
    const expected = {
      ...everywhere('order-fulfilment'),
      ...handingOn('order-fulfilment', 15),
      ...noting('order-fulfilment'),
      EVENT_TABLE: 'events/table',
      PAYMENT_TIMEOUT_SECONDS: '900',
      OUTAGE_SECONDS: '43200',
      STAGE: 'prod',
    };
    const sandbox = deploymentOf('dev', { payments: { timeoutInSeconds: 2 }, email: { sender: 'a@shop.example' } });
    expect(environmentOf('order-fulfilment')).toEqual({
      ...expected,
      PAYMENT_PROVIDER: 'stripe',
      PAYMENT_API_KEY_SECRET_ARN: apiKeySecretArn,
    });
    expect(environmentOf('order-fulfilment', sandbox)).toEqual({
      ...expected,
      PAYMENT_PROVIDER: 'sandbox',
      PAYMENT_TIMEOUT_SECONDS: '2',
      STAGE: 'dev',
    });
  });

  it('the notifications are told the event table, the address that sends and their share of the stage’s rate', () => {
    expect(environmentOf('notifications')).toEqual({
      ...everywhere('notifications'),
      ...handingOn('notifications', 10),
      ...noting('notifications'),
      STAGE: 'prod',
      EVENT_TABLE: 'events/table',
      NOTIFICATIONS_PER_SECOND: '7',
      SENDER_ADDRESS: 'orders@shop.example',
      NOTIFICATION_REGISTER: 'notification',
    });
  });

  it('the notifications send to the mail server of a stage that has one', () => {
    const { Variables } = deploymentOf('localstack').at('notifications/function').properties['Environment'] as {
      Variables: unknown;
    };
    expect(Variables).toMatchObject({ AWS_ENDPOINT_URL_SESV2: 'http://mail:8005' });
    expect(environmentOf('notifications')).not.toHaveProperty('AWS_ENDPOINT_URL_SESV2');
  });

  it('only what sends to the queue that it consumes may go on for longer than Lambda lets a loop run', () => {
    const looping = functions.filter(({ properties }) => properties['RecursiveLoop'] === 'Allow');
    expect(looping.map(({ path }) => path)).toEqual([
      'redrive/function',
      ...subscribers.map((name) => `${name}/function`),
      'sweeper/function',
      'audit/function',
      'invalidator/function',
    ]);
    for (const { path } of looping) {
      const name = path.replace(/\/function$/, '');
      const mappings = prod
        .ofType('AWS::Lambda::EventSourceMapping')
        .filter(({ properties }) => prod.target(properties['FunctionName']) === path);
      expect(mappings.length).toBeGreaterThan(0);
      for (const { properties } of mappings) {
        const queue = prod.target(properties['EventSourceArn']);
        expect(ownPermissionsOf(prod, name)).toContain(`sqs:SendMessage on ${queue}`);
      }
    }
  });

  it('the functions behind the API end before the gateway gives up', () => {
    for (const name of behindApi) {
      expect(prod.at(`${name}/function`).properties['Timeout']).toBeLessThan(30);
    }
  });
});
