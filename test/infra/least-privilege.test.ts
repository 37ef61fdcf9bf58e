import { describe, expect, it } from 'vitest';
import { projections } from '../../lambdas/read-models/index.ts';
import { Deployment } from './deployment.ts';
import { ownPermissionsOf, permissionsOf } from './permissions.ts';

const prod = new Deployment('prod');
const functionNames = prod.ofType('AWS::Lambda::Function').map(({ path }) => path.replace(/\/function$/, ''));

describe('permissions', () => {
  it.each(['orders-command', 'products-command'])(
    '%s may query and put in the event table, and nothing else',
    (name) => {
      expect(ownPermissionsOf(prod, name)).toEqual([
        'dynamodb:PutItem on events/table.Arn',
        'dynamodb:Query on events/table.Arn',
      ]);
    },
  );

  it('no function may change or delete a commit', () => {
    const onEventTable = functionNames
      .flatMap((name) => permissionsOf(prod, name))
      .filter((permission) => permission.endsWith(' on events/table.Arn'));
    expect(new Set(onEventTable)).toEqual(
      new Set(['dynamodb:PutItem on events/table.Arn', 'dynamodb:Query on events/table.Arn']),
    );
  });

  it('only the command functions may put in the event table', () => {
    const writers = functionNames.filter((name) =>
      permissionsOf(prod, name).includes('dynamodb:PutItem on events/table.Arn'),
    );
    expect(writers).toEqual(['orders-command', 'products-command']);
  });

  it('the query function reads the event table, finds rows and writes rows that it catches up', () => {
    const indexes = projections.flatMap(({ name, indexes }) =>
      indexes.map((index) => `dynamodb:Query on ${name}/table.Arn/index/${index.name}`),
    );
    const tables = projections.flatMap(({ name }) =>
      ['GetItem', 'PutItem', 'Query', 'Scan'].map((action) => `dynamodb:${action} on ${name}/table.Arn`),
    );
    expect(ownPermissionsOf(prod, 'query')).toEqual(
      ['dynamodb:Query on events/table.Arn', ...indexes, ...tables].sort(),
    );
  });

  it.each(projections.map(({ name }) => name))('the projector of %s writes no table but its own', (name) => {
    const permissions = ownPermissionsOf(prod, `${name}-projector`);
    expect(permissions.filter((permission) => permission.startsWith('dynamodb:'))).toEqual([
      `dynamodb:GetItem on ${name}/table.Arn`,
      `dynamodb:PutItem on ${name}/table.Arn`,
      'dynamodb:Query on events/table.Arn',
    ]);
    expect(permissions.filter((permission) => permission.startsWith('sqs:'))).toEqual(
      permissions.filter((permission) => permission.endsWith(` on ${name}/queue.Arn`)),
    );
  });

  it('the relay writes to the event stream and to its failure queue only', () => {
    const writes = ownPermissionsOf(prod, 'relay').filter((permission) => /:(Put|Send)/.test(permission));
    expect(writes).toEqual(['kinesis:PutRecords on event-stream/stream.Arn', 'sqs:SendMessage on relay-failures.Arn']);
  });

  it('the fan-out writes to the queue of every subscription and to its failure queue only', () => {
    const writes = ownPermissionsOf(prod, 'fan-out').filter((permission) => /:(Put|Send)/.test(permission));
    const queues = [...projections.map(({ name }) => `${name}/queue`), 'fan-out-failures'];
    expect(writes).toEqual(queues.map((queue) => `sqs:SendMessage on ${queue}.Arn`).sort());
  });

  it.each(functionNames)('%s names no action by a wildcard, and only traces on any resource', (name) => {
    const wildcards = permissionsOf(prod, name).filter((permission) => permission.includes('*'));
    expect(wildcards).toEqual(['xray:PutTelemetryRecords on *', 'xray:PutTraceSegments on *']);
  });

  it('no role carries a managed policy', () => {
    for (const { properties } of prod.ofType('AWS::IAM::Role'))
      expect(properties).not.toHaveProperty('ManagedPolicyArns');
  });
});
