import { describe, expect, it } from 'vitest';
import { fulfilmentDecider } from '../../lambdas/shop/fulfilment/decider.ts';
import { orderDecider } from '../../lambdas/shop/orders/decider.ts';
import { paymentDecider } from '../../lambdas/shop/payments/decider.ts';
import { productDecider } from '../../lambdas/shop/products/decider.ts';
import { readModels, shop } from '../../lambdas/shop/shop.ts';
import { stockDecider } from '../../lambdas/shop/stock/decider.ts';
import type { ReadIndex } from '../../lambdas/spine/kernel/projections/projection.ts';
import type { FunctionDeclaration } from '../../lambdas/spine/manifest/functions.ts';
import { subscriptionsOf } from '../../lambdas/spine/manifest/subscriptions.ts';
import { notificationDecider } from '../../lambdas/spine/notifications/decider.ts';
import { apiKeySecretArn, deploymentOf } from './deployment.ts';
import { ownPermissionsOf, permissionsOf } from './permissions.ts';

const subscriptions = subscriptionsOf(shop);

const prod = deploymentOf('prod');
const functionNames = prod.ofType('AWS::Lambda::Function').map(({ path }) => path.replace(/\/function$/, ''));

/** Append to the streams of these categories, and load any. */
const appending = (...categories: string[]): string[] => [
  `dynamodb:PutItem on events/table.Arn if dynamodb:LeadingKeys ForAllValues:StringLike ${categories.map((category) => `${category}-*`).join()} if dynamodb:LeadingKeys Null false`,
  'dynamodb:Query on events/table.Arn',
];

/** Note the dead letters of a subscriber. */
const noting = (subscriber: string): string =>
  `dynamodb:PutItem on operations/table.Arn if dynamodb:LeadingKeys ForAllValues:StringEquals dead-letter#${subscriber} if dynamodb:LeadingKeys Null false`;

/** Who writes to which streams, as the manifest says. */
const appendedBy = Object.fromEntries(
  Object.entries<FunctionDeclaration>(shop.functions).map(([name, declaration]) => {
    if (declaration.kind === 'notifications') return [name, [declaration.register]];
    return [name, 'appends' in declaration ? declaration.appends : []];
  }),
);

/** The same, as the code does. */
const writers = {
  'orders-command': [orderDecider],
  'products-command': [productDecider, stockDecider],
  'payment-callback': [paymentDecider],
  'order-fulfilment': [fulfilmentDecider, orderDecider, stockDecider, paymentDecider],
  notifications: [notificationDecider],
};

/** What it takes to consume a queue, and perhaps more. */
const consuming = (queue: string, ...more: string[]): string[] =>
  ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'GetQueueUrl', 'ReceiveMessage', ...more]
    .sort()
    .map((action) => `sqs:${action} on ${queue}.Arn`);

describe('permissions', () => {
  it('the commands on products may query the event table and put into streams of products and stock, and nothing else', () => {
    expect(ownPermissionsOf(prod, 'products-command')).toEqual(appending('product', 'stock'));
  });

  it('the commands on orders may count open orders too, in an index that has the keys of rows alone', () => {
    expect(ownPermissionsOf(prod, 'orders-command')).toEqual(
      [...appending('order'), 'dynamodb:Query on customer-orders/table.Arn/index/open-by-customer'].sort(),
    );
  });

  it('the payment callback may append and read the secret that signs its requests', () => {
    expect(ownPermissionsOf(prod, 'payment-callback')).toEqual([
      ...appending('payment'),
      'secretsmanager:GetSecretValue on payment-callback-secret',
    ]);
  });

  it('the order fulfilment may append, send to its own queue and read the key of the payment provider', () => {
    expect(ownPermissionsOf(prod, 'order-fulfilment')).toEqual([
      ...[...appending('fulfilment', 'order', 'stock', 'payment'), noting('order-fulfilment')].sort(),
      `secretsmanager:GetSecretValue on ${apiKeySecretArn}`,
      ...consuming('order-fulfilment/queue', 'SendMessage'),
    ]);
  });

  it('the order fulfilment may read no secret when the provider is the sandbox', () => {
    const permissions = ownPermissionsOf(deploymentOf('dev'), 'order-fulfilment');
    expect(permissions.filter((permission) => permission.startsWith('secretsmanager:'))).toEqual([]);
  });

  it('the notifications may append, send to its own queue and send e-mails, from the sender’s address only', () => {
    const identity = 'arn:AWS::Partition:ses:AWS::Region:AWS::AccountId:identity/shop.example';
    expect(ownPermissionsOf(prod, 'notifications')).toEqual([
      ...[...appending('notification'), noting('notifications')].sort(),
      `ses:SendEmail on ${identity} if ses:FromAddress StringEquals orders@shop.example`,
      ...consuming('notifications/queue', 'SendMessage'),
    ]);
  });

  it('in SES’s sandbox, where recipients are identities too, the notifications may send to any, and from the sender’s address only', () => {
    const identities = 'arn:AWS::Partition:ses:AWS::Region:AWS::AccountId:identity/*';
    expect(ownPermissionsOf(deploymentOf('dev'), 'notifications')).toContain(
      `ses:SendEmail on ${identities} if ses:FromAddress StringEquals orders@shop.example`,
    );
  });

  it('no function may update or delete an item of the event table', () => {
    const onEventTable = functionNames
      .flatMap((name) => permissionsOf(prod, name))
      .filter((permission) => permission.includes(' on events/table.Arn'))
      .map((permission) => permission.split(' ')[0]);
    expect(new Set(onEventTable)).toEqual(
      new Set(['BatchGetItem', 'PutItem', 'Query', 'Scan'].map((name) => `dynamodb:${name}`)),
    );
  });

  it.each(Object.entries(writers))(
    '%s appends, by its code, to the streams that the manifest says',
    (name, deciders) => {
      expect(appendedBy[name]).toEqual(deciders.map(({ category }) => category));
    },
  );

  it.each(functionNames)('%s may put items into the streams that it appends to, and into no other', (name) => {
    const puts = permissionsOf(prod, name).filter((permission) =>
      permission.startsWith('dynamodb:PutItem on events/table.Arn'),
    );
    const categories = appendedBy[name] ?? [];
    expect(puts).toEqual(categories.length === 0 ? [] : appending(...categories).slice(0, 1));
  });

  it('the query function reads the event table, finds rows and writes rows that it catches up', () => {
    const shown = ({ keysOnly = false }: ReadIndex) => !keysOnly;
    const indexes = readModels.flatMap(({ name, indexes }) =>
      indexes.filter(shown).map((index) => `dynamodb:Query on ${name}/table.Arn/index/${index.name}`),
    );
    const tables = readModels.flatMap(({ name, indexes, ...rest }) =>
      ['GetItem', 'PutItem', ...(indexes.some(shown) ? [] : ['Scan']), ...('compose' in rest ? ['Query'] : [])].map(
        (action) => `dynamodb:${action} on ${name}/table.Arn`,
      ),
    );
    expect(ownPermissionsOf(prod, 'query')).toEqual(
      [
        ...['BatchGetItem', 'Query'].map((action) => `dynamodb:${action} on events/table.Arn`),
        ...indexes,
        ...tables,
      ].sort(),
    );
  });

  it.each(readModels.map(({ name }) => name))('the projector of %s writes no table but its own', (name) => {
    const permissions = ownPermissionsOf(prod, `${name}-projector`);
    expect(permissions.filter((permission) => permission.startsWith('dynamodb:'))).toEqual([
      `dynamodb:GetItem on ${name}/table.Arn`,
      ...[`dynamodb:PutItem on ${name}/table.Arn`, noting(name)].sort(),
      'dynamodb:Query on events/table.Arn',
    ]);
    expect(permissions.filter((permission) => permission.startsWith('sqs:'))).toEqual(
      [...consuming(`${name}/queue`, 'SendMessage'), 'sqs:SendMessage on invalidation/queue.Arn'].sort(),
    );
  });

  it('the invalidator may purge its distribution, spend from the budget and send to its own queue', () => {
    expect(ownPermissionsOf(prod, 'invalidator')).toEqual([
      'cloudfront:CreateInvalidation on arn:AWS::Partition:cloudfront::AWS::AccountId:distribution/edge/distribution',
      'dynamodb:GetItem on invalidation-budget/table.Arn',
      'dynamodb:PutItem on invalidation-budget/table.Arn',
      ...consuming('invalidation/queue', 'SendMessage'),
    ]);
  });

  it('no function may read the secret of the origin: CloudFormation does, when it deploys', () => {
    const readers = functionNames.filter((name) =>
      permissionsOf(prod, name).some((permission) => permission.endsWith(' on origin-secret')),
    );
    expect(readers).toEqual([]);
  });

  it('the relay writes to the event stream and to its failure queue only', () => {
    const writes = ownPermissionsOf(prod, 'relay').filter((permission) => /:(Put|Send)/.test(permission));
    expect(writes).toEqual(['kinesis:PutRecords on event-stream/stream.Arn', 'sqs:SendMessage on relay-failures.Arn']);
  });

  it('the fan-out writes to the queue of every subscription and to its failure queue only', () => {
    const writes = ownPermissionsOf(prod, 'fan-out').filter((permission) => /:(Put|Send)/.test(permission));
    const queues = [...subscriptions.map(({ name }) => `${name}/queue`), 'fan-out-failures'];
    expect(writes).toEqual(queues.map((queue) => `sqs:SendMessage on ${queue}.Arn`).sort());
  });

  it('the redrive reads the event table and both streams, and passes on what they tell', () => {
    const queues = subscriptions.map(({ name }) => `sqs:SendMessage on ${name}/queue.Arn`);
    const failures = ['relay-failures', 'fan-out-failures'].flatMap((queue) => [
      ...consuming(queue, 'SendMessage'),
      `sqs:SendMessage on ${queue}-dead-letters.Arn`,
    ]);
    const permissions = ownPermissionsOf(prod, 'redrive');
    expect(permissions.filter((permission) => permission.startsWith('sqs:'))).toEqual([...queues, ...failures].sort());
    expect(permissions.filter((permission) => /:(Put|Update|Delete|Query|Get(Item|Records))/.test(permission))).toEqual(
      expect.arrayContaining([
        'dynamodb:GetRecords on events/table.StreamArn',
        'dynamodb:Query on events/table.Arn',
        'kinesis:GetRecords on event-stream/stream.Arn',
        'kinesis:PutRecords on event-stream/stream.Arn',
      ]),
    );
    expect(permissions.filter((permission) => /:(PutItem|UpdateItem|DeleteItem)/.test(permission))).toEqual([]);
  });

  it('the operations function sends to the queues of the hops, and takes messages out of their dead-letter queues alone', () => {
    const sqs = ownPermissionsOf(prod, 'operations').filter((permission) => permission.startsWith('sqs:'));
    const failures = ['relay-failures', 'fan-out-failures'];
    const queues = [...subscriptions.map(({ name }) => name), 'invalidation', 'work', 'audit-work'];
    const sources = [...failures, ...queues.map((name) => `${name}/queue`)];
    const deadLetters = [
      ...failures.map((name) => `${name}-dead-letters`),
      ...queues.map((name) => `${name}/dead-letters`),
    ];
    const actions = ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'];
    expect(sqs).toEqual(
      [
        ...sources.flatMap((queue) => [`sqs:SendMessage on ${queue}.Arn`, `sqs:GetQueueAttributes on ${queue}.Arn`]),
        ...deadLetters.flatMap((queue) => actions.map((action) => `sqs:${action} on ${queue}.Arn`)),
      ].sort(),
    );
  });

  it.each(functionNames)('%s names no action by a wildcard, and only traces and metrics on any resource', (name) => {
    const wildcards = permissionsOf(prod, name).filter((permission) => permission.replace(/ if .*/s, '').includes('*'));
    const reads = name === 'operations' ? ['cloudwatch:GetMetricData on *'] : [];
    expect(wildcards).toEqual([...reads, 'xray:PutTelemetryRecords on *', 'xray:PutTraceSegments on *']);
  });

  it('no role of ours carries a managed policy; that of AWS Backup is kept up to date by AWS', () => {
    for (const { path, properties } of prod.ofType('AWS::IAM::Role'))
      if (path !== 'backups/role') expect(properties).not.toHaveProperty('ManagedPolicyArns');
  });
});
