// The dashboard: every figure on it is one that the stage has, whatever the application.
import { Code } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import * as metrics from '../../lambdas/spine/bindings/metrics.ts';
import { applicationIn } from '../../lib/spine/application-folder.ts';
import { undeployedApp } from '../../lib/spine/undeployed-app.ts';
import { deploymentOf } from './deployment.ts';

const prod = deploymentOf('prod');
const dashboards = (deployment = prod) => deployment.ofType('AWS::CloudWatch::Dashboard');

/** The body's text, with the path of the construct for each reference. */
function bodyOf(deployment = prod): string {
  const body = dashboards(deployment)[0]?.properties['DashboardBody'] as { 'Fn::Join': [string, unknown[]] };
  return body['Fn::Join'][1]
    .map((part) => (typeof part === 'string' ? part : (deployment.target(part) ?? 'a region')))
    .join('');
}

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly properties: { readonly title?: string; readonly metrics?: readonly (readonly (string | object)[])[] };
}

const widgetsOf = (deployment = prod): Widget[] => JSON.parse(bodyOf(deployment)).widgets;
const graphsOf = (deployment = prod) => widgetsOf(deployment).filter(({ type }) => type === 'metric');
const namesIn = (lines: readonly (readonly (string | object)[])[]) =>
  lines.map((line) => line.filter((part): part is string => typeof part === 'string'));

describe('the dashboard of a stage', () => {
  it('is one, named after the application and the stage, and none where a machine has no metrics', () => {
    expect(dashboards().map(({ properties }) => properties['DashboardName'])).toEqual(['eventspine-prod']);
    expect(dashboards(deploymentOf('local'))).toEqual([]);
  });

  it('tells the flow from left to right, then a row for each subscriber, then what was given up and the cost', () => {
    const rows = Map.groupBy(graphsOf(), ({ y }) => y);
    const titles = [...rows.values()].map((row) =>
      row.toSorted((left, right) => left.x - right.x).map(({ properties }) => properties.title),
    );
    const subscribers = [
      ...['order-detail-projector', 'customer-orders-projector', 'catalogue-projector'],
      ...['order-fulfilment', 'notifications'],
    ];
    expect(titles).toEqual([
      ['Commands and queries', 'Commits', 'Relay'],
      ['Event stream', 'Fan-out'],
      ...subscribers.map((name) => ['rate', 'event to done', 'waiting', 'errors'].map((what) => `${name}: ${what}`)),
      ['Dead letters', 'Invalidations', 'Cost: write units, and the account’s month'],
    ]);
    for (const row of rows.values()) expect(row.reduce((sum, { width }) => sum + width, 0)).toBe(24);
  });

  it('leaves the invalidations out where there is no edge', () => {
    const titles = graphsOf(deploymentOf('prod', { edge: 'off' })).map(({ properties }) => properties.title);
    expect(titles).not.toContain('Invalidations');
    expect(titles).toContain('Dead letters');
  });

  it('shows metrics of functions, queues, tables and streams that the templates have', () => {
    const paths = new Set(
      ['AWS::Lambda::Function', 'AWS::SQS::Queue', 'AWS::DynamoDB::GlobalTable', 'AWS::Kinesis::Stream'].flatMap(
        (type) => prod.ofType(type).map(({ path }) => path),
      ),
    );
    const sources = graphsOf().flatMap(({ properties }) =>
      namesIn(properties.metrics ?? []).flatMap(([namespace, , dimension, value]) =>
        ['AWS/Lambda', 'AWS/SQS', 'AWS/DynamoDB', 'AWS/Kinesis'].includes(namespace ?? '') ? [[dimension, value]] : [],
      ),
    );
    expect(sources.length).toBeGreaterThan(40);
    for (const [dimension, value = ''] of sources) {
      if (dimension === 'Operation') continue;
      expect(paths).toContain(value.replace(/\.QueueName$/, ''));
    }
  });

  it('shows metrics of ours by names that functions publish, under services that there are', () => {
    const services = new Set(prod.ofType('AWS::Lambda::Function').map(({ path }) => path.replace(/\/function$/, '')));
    const own = graphsOf()
      .flatMap(({ properties }) => namesIn(properties.metrics ?? []))
      .filter(([namespace]) => namespace === metrics.METRICS_NAMESPACE);
    expect(own.length).toBeGreaterThan(15);
    for (const [, name, dimension, service = '', , stage] of own) {
      expect(Object.values(metrics)).toContain(name);
      expect([dimension, stage]).toEqual(['service', 'prod']);
      expect(service === 'invalidator' || services.has(service)).toBe(true);
    }
  });

  it('stays within what CloudWatch takes: 500 metrics a graph and 2,500 a dashboard', () => {
    const counts = graphsOf().map(({ properties }) => properties.metrics?.length ?? 0);
    expect(Math.max(...counts)).toBeLessThanOrEqual(500);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(2_500);
  });
});

it('tells of another application’s subscribers on its own stage', async () => {
  const { addStacks } = await applicationIn('examples/library');
  const app = undeployedApp({ context: { stage: 'dev', emailSender: 'desk@library.example' } });
  addStacks(app, () => Code.fromInline('exports.handler = async () => undefined;'));
  const templates = app.synth().stacks.map(({ template }) => template.Resources as Record<string, { Type: string }>);
  const found = templates.flatMap((resources) =>
    Object.values(resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Dashboard'),
  );
  expect(found).toHaveLength(1);
  const text = JSON.stringify(found);
  expect(text).toContain('library-dev');
  for (const name of ['overdue-loans', 'notices']) expect(text).toContain(`${name}: event to done`);
  expect(text).not.toContain('order-');
});
