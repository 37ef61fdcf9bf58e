// Another application than the shop, from its folder to its templates: nothing of the shop is in them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationIn } from '../../lib/spine/application-folder.ts';
import { bundleFunctions } from '../../lib/spine/bundles/function-bundles.ts';
import { undeployedApp } from '../../lib/spine/undeployed-app.ts';

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly Metadata?: { readonly 'aws:cdk:path'?: string };
}

let folder: string;
const outputs = new Map<string, readonly CloudFormationStackArtifact[]>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'second-application-'));
  const { functionEntries: entries, addStacks } = await applicationIn('test/spine/manifest/tallies');
  const code = bundleFunctions({ entries, outputFolder: join(folder, 'functions') });
  for (const edge of ['on', 'off']) {
    const app = undeployedApp({ outdir: join(folder, edge), context: { stage: 'local', edge } });
    addStacks(app, code);
    outputs.set(edge, app.synth().stacks);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const stacksOf = (edge: string) => outputs.get(edge) ?? [];
const resourcesOf = (edge: string): Resource[] =>
  stacksOf(edge).flatMap(({ template }) => Object.values(template.Resources as Record<string, Resource>));
const pathsOf = (edge: string, type: string): string[] =>
  resourcesOf(edge)
    .filter(({ Type }) => Type === type)
    .map(({ Metadata }) => String(Metadata?.['aws:cdk:path']).split('/').slice(1, -1).join('/'))
    .toSorted();

describe('a second application', () => {
  it('has stacks of its own name', () => {
    expect(stacksOf('off').map(({ stackName }) => stackName)).toEqual(['tallies-local-state', 'tallies-local-compute']);
    expect(stacksOf('on').map(({ stackName }) => stackName)).toContain('tallies-local-edge');
  });

  it('has the functions of its manifest, a projector for its read model, and the spine’s', () => {
    const functions = ['fan-out', 'operations', 'query', 'redrive', 'relay', 'tallies-projector', 'tally-command'];
    expect(pathsOf('off', 'AWS::Lambda::Function')).toEqual(functions.map((name) => `${name}/function`));
    expect(pathsOf('on', 'AWS::Lambda::Function')).toContain('invalidator/function');
  });

  it('has its own routes, those of the service, and HEAD where there is GET', () => {
    const keys = resourcesOf('off')
      .filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Route')
      .map(({ Properties }) => `${Properties['RouteKey']} ${Properties['AuthorizationType'] ?? 'NONE'}`);
    expect(keys.toSorted()).toEqual(
      [
        'POST /tallies/{tallyId} JWT',
        ...['/tallies/{tallyId}', '/health', '/openapi.json', '/docs'].flatMap((path) => [
          `GET ${path} NONE`,
          `HEAD ${path} NONE`,
        ]),
        'GET /ops/pipeline JWT',
        'HEAD /ops/pipeline JWT',
        'GET /ops/dead-letters JWT',
        'HEAD /ops/dead-letters JWT',
        'POST /ops/dead-letters/redrive JWT',
        'POST /ops/rebuilds JWT',
        'GET /ops/rebuilds/{rebuildId} JWT',
        'HEAD /ops/rebuilds/{rebuildId} JWT',
        'POST /ops/rebuilds/{rebuildId}/cancel JWT',
        'POST /ops/audits JWT',
        'GET /ops/audits/{auditId} JWT',
        'HEAD /ops/audits/{auditId} JWT',
        '$default NONE',
      ].toSorted(),
    );
  });

  it('has its edge keep its public answers, by patterns of its own', () => {
    const behaviors = resourcesOf('on')
      .filter(({ Type }) => Type === 'AWS::CloudFront::Distribution')
      .map(({ Properties }) => Properties['DistributionConfig'] as { CacheBehaviors: { PathPattern: string }[] })
      .flatMap(({ CacheBehaviors }) => CacheBehaviors);
    expect(behaviors.map(({ PathPattern }) => PathPattern).toSorted()).toEqual([
      '/docs',
      '/openapi.json',
      '/tallies/*',
    ]);
  });

  it('may append to its own streams alone', () => {
    const policies = JSON.stringify(resourcesOf('off').filter(({ Type }) => Type === 'AWS::IAM::Policy'));
    expect(
      [...policies.matchAll(/StringLike":\{"dynamodb:LeadingKeys":(\[[^\]]*\])/g)].map(([, keys]) => keys),
    ).toEqual(['["tally-*"]']);
  });

  it('sends nobody anything, so it asks SES for nothing', () => {
    expect(JSON.stringify(resourcesOf('on'))).not.toMatch(/ses:|AWS::SES/);
  });

  it('has no word of the shop in its templates', () => {
    const text = JSON.stringify(stacksOf('on').map(({ template }) => template));
    expect(text.match(/[^"]{0,40}(payment|product|\border-|customers?\b)[^"]{0,40}/gi) ?? []).toEqual([]);
  });
});
