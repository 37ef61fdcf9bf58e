// The functions of a stage in this process, each with the environment of the stage's template and AWS at one endpoint.
import { join } from 'node:path';
import {
  CreateTableCommand,
  type CreateTableInput,
  type KeySchemaElement,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { shop } from '../../../lambdas/shop/shop.ts';
import { hintsPerMessageVariable, SUBSCRIPTIONS } from '../../../lambdas/spine/bindings/environment.ts';
import { commands, looks } from '../../../lib/cost/assumptions.ts';
import { Deployment } from '../../infra/deployment.ts';
import { testClient } from '../support/tables.ts';
import type { FakeAws } from './aws.ts';
import type { TableShape } from './units.ts';

export type Handler = (event: unknown, context: unknown) => Promise<unknown>;

export interface Stage {
  /** By the names of their constructs. */
  readonly functions: ReadonlyMap<string, Handler>;
  readonly memoryInMegabytes: Readonly<Record<string, number>>;
  /** Function by the queue that it consumes. */
  readonly consumers: ReadonlyMap<string, string>;
  /** The function behind a route. */
  functionOf(routeKey: string): string;
  readonly numbers: {
    readonly alarms: number;
    readonly dashboards: number;
    /** Requests a second that a route takes. */
    readonly routes: Readonly<Record<string, number>>;
    readonly polledQueues: number;
    readonly lanes: number;
    readonly hintsPerMessage: Readonly<Record<string, number>>;
  };
}

const spineEntries: Readonly<Record<string, string>> = {
  relay: 'lambdas/spine/functions/relay/index.ts',
  'fan-out': 'lambdas/spine/functions/fan-out/index.ts',
  redrive: 'lambdas/spine/ops/redrive/index.ts',
  operations: 'lambdas/spine/functions/operations/index.ts',
  invalidator: 'lambdas/spine/edge/index.ts',
};

const deployment = new Deployment('prod', { payments: { provider: 'sandbox' } } as never);

const tableName = (path: string): string => path.replaceAll('/', '.');
export const eventTable = tableName('events/table');

/** What a variable of the template holds here: tables by name, queues by URL, the rest as it stands. */
function valueAt(endpoint: string, name: string, value: unknown): string | undefined {
  if (name === 'TOKEN_ISSUER') return endpoint;
  if (name === 'TOKEN_JWKS_URI') return `${endpoint}/jwks`;
  if (name === 'TOKEN_AUDIENCE') return 'eventspine';
  // Without an origin lock the functions take requests that come from no edge.
  if (name === 'ORIGIN_SECRET') return undefined;
  const target = deployment.target(value);
  const resource = deployment.resources.find(({ path }) => path === target);
  if (resource?.type === 'AWS::SQS::Queue') return `${endpoint}/${target}`;
  return resource ? tableName(target) : target;
}

interface FunctionProperties {
  readonly MemorySize: number;
  readonly Environment: { readonly Variables: Readonly<Record<string, unknown>> };
}

export async function startStage({ endpoint, uncounted }: Pick<FakeAws, 'endpoint' | 'uncounted'>): Promise<Stage> {
  await createTables(uncounted);
  const functions = new Map<string, Handler>();
  const memory: Record<string, number> = {};
  for (const { path, properties } of deployment.ofType('AWS::Lambda::Function')) {
    const name = path.replace('/function', '');
    const { MemorySize, Environment } = properties as unknown as FunctionProperties;
    memory[name] = MemorySize;
    for (const [variable, value] of Object.entries(Environment.Variables)) {
      const set = valueAt(endpoint, variable, value);
      if (set === undefined) delete process.env[variable];
      else process.env[variable] = set;
    }
    // A module of its own for each: three projectors have one entry.
    const { handler } = await import(
      /* @vite-ignore */ `${join(import.meta.dirname, '../../..', entryOf(name))}?${name}`
    );
    functions.set(name, handler);
  }
  const mappings = deployment.ofType('AWS::Lambda::EventSourceMapping').map(({ properties }) => ({
    source: deployment.target(properties['EventSourceArn']).replace('.Arn', ''),
    consumer: deployment.target(properties['FunctionName']).replace('/function', ''),
  }));
  return {
    functions,
    memoryInMegabytes: Object.fromEntries(Object.entries(memory).sort()),
    consumers: new Map(mappings.map(({ source, consumer }) => [source, consumer])),
    functionOf,
    numbers: {
      lanes: Number(variablesOf('relay')['LANES']),
      hintsPerMessage: Object.fromEntries(
        subscriptions.map(({ name }) => [name, Number(variablesOf('fan-out')[hintsPerMessageVariable(name)])]),
      ),
      alarms: deployment.ofType('AWS::CloudWatch::Alarm').length,
      dashboards: deployment.ofType('AWS::CloudWatch::Dashboard').length,
      routes: routeThrottles(),
      polledQueues: mappings.filter(({ source }) =>
        deployment.resources.some(({ path, type }) => path === source && type === 'AWS::SQS::Queue'),
      ).length,
    },
  };
}

function routeThrottles(): Readonly<Record<string, number>> {
  const [stage] = deployment.ofType('AWS::ApiGatewayV2::Stage');
  const settings = stage?.properties['RouteSettings'] as Readonly<Record<string, { ThrottlingRateLimit: number }>>;
  const asked = Object.keys({ ...commands, ...looks });
  return Object.fromEntries(asked.map((route) => [route, settings[route]?.ThrottlingRateLimit ?? 0]));
}

const variablesOf = (name: string) =>
  (deployment.at(`${name}/function`).properties as unknown as FunctionProperties).Environment.Variables;

const subscriptions: readonly { readonly name: string }[] = JSON.parse(String(variablesOf('fan-out')[SUBSCRIPTIONS]));

function entryOf(name: string): string {
  const declared = (shop.functions as Readonly<Record<string, { readonly entry: string }>>)[name];
  const entry =
    declared?.entry ?? spineEntries[name] ?? (name.endsWith('-projector') ? shop.functions.projector.entry : undefined);
  if (entry === undefined) throw new Error(`Nobody knows the entry of ${name}`);
  return entry;
}

function functionOf(routeKey: string): string {
  const route = deployment
    .ofType('AWS::ApiGatewayV2::Route')
    .find(({ properties }) => properties['RouteKey'] === routeKey);
  const integration = deployment.target(route?.properties['Target']).replace('integrations/', '');
  return deployment.target(deployment.at(integration).properties['IntegrationUri']).replace(/\/function.*/, '');
}

/** The tables of the template, by their names here. */
export const tableShapes: ReadonlyMap<string, TableShape> = new Map(
  deployment.ofType('AWS::DynamoDB::GlobalTable').map(({ path, properties }) => {
    const { KeySchema, GlobalSecondaryIndexes = [] } = properties as never as CreateTableInput;
    const keysOf = (schema: readonly KeySchemaElement[] = []) => schema.map(({ AttributeName = '' }) => AttributeName);
    const indexes = GlobalSecondaryIndexes.map(({ KeySchema: keys, Projection }) => ({
      keys: keysOf(keys),
      isKeysOnly: Projection?.ProjectionType === 'KEYS_ONLY',
    }));
    return [tableName(path), { keys: keysOf(KeySchema), indexes }];
  }),
);

async function createTables(endpoint: string): Promise<void> {
  const client = testClient(endpoint);
  for (const { path, properties } of deployment.ofType('AWS::DynamoDB::GlobalTable')) {
    const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes } = properties as never as CreateTableInput;
    const indexes = GlobalSecondaryIndexes?.map(({ IndexName, KeySchema: keys, Projection }) => ({
      IndexName,
      KeySchema: keys,
      Projection,
    }));
    const table = {
      TableName: tableName(path),
      AttributeDefinitions,
      KeySchema,
      BillingMode: 'PAY_PER_REQUEST' as const,
    };
    await client.send(new CreateTableCommand({ ...table, ...(indexes && { GlobalSecondaryIndexes: indexes }) }));
    await waitUntilTableExists(
      { client, minDelay: 0.02, maxDelay: 0.2, maxWaitTime: 10 },
      { TableName: table.TableName },
    );
  }
}
