// Checks the templates of every stage with cfn-lint, which knows what CloudFormation and the services take: `npm run lint:templates`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import cdkSettings from '../../cdk.json' with { type: 'json' };
import { shop } from '../../lambdas/shop/shop.ts';
import { functionEntriesOf } from '../../lambdas/spine/manifest/entries.ts';
import type { ShopOverrides } from '../../lib/shop/settings/shop-settings.ts';
import { addShopParts } from '../../lib/shop/shop-parts.ts';
import { bundleFunctions } from '../../lib/spine/bundles/function-bundles.ts';
import type { Stage } from '../../lib/spine/settings/stages.ts';
import { addApplicationStacks } from '../../lib/spine/stacks/application-stacks.ts';
import { pythonProgram } from '../support/python-program.ts';
import { alarmTopicArn, settingsOf } from './deployment.ts';

const variants: readonly [string, Stage, ShopOverrides][] = [
  ['local', 'local', {}],
  ['localstack-rest', 'localstack', {}],
  ['localstack-http', 'localstack', { frontDoor: 'http' }],
  ['dev-http', 'dev', {}],
  ['dev-rest', 'dev', { frontDoor: 'rest' }],
  ['prod-http', 'prod', {}],
  ['prod-rest', 'prod', { frontDoor: 'rest' }],
  ['prod-direct', 'prod', { edge: 'off' }],
  ['prod-pushed', 'prod', { fanOut: 'enhanced' }],
  [
    'prod-protected',
    'prod',
    {
      backups: { retentionInDays: 90, isLocked: true },
      edge: {
        rateLimitPerFiveMinutes: 2_000,
        originSecretVersionId: 'a81bc81b-dead-4e5d-abff-90865d1e13b1',
        alsoAcceptedSecretVersionId: 'b92cd92c-dead-4e5d-abff-90865d1e13b2',
        domain: {
          name: 'api.shop.example',
          certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/5c0f11ee-dead-4e5d-abff-90865d1e13b1',
        },
      },
    },
  ],
  [
    'prod-elsewhere',
    'prod',
    { alarmTopicArn: 'arn:aws:sns:eu-central-1:123456789012:operators', edgeAlarmTopicArn: alarmTopicArn },
  ],
];

const program = await pythonProgram({ name: 'cfn-lint', version: '1.58.0' });
const folder = mkdtempSync(join(tmpdir(), 'eventspine-templates-'));
try {
  const code = bundleFunctions({ entries: functionEntriesOf(shop), outputFolder: join(folder, 'functions') });
  const templates = variants.flatMap(([name, stage, overrides]) => {
    const outdir = join(folder, name);
    const app = new App({
      outdir,
      analyticsReporting: false,
      builtinCloudFormationValidation: false,
      context: cdkSettings.context,
    });
    const settings = settingsOf(stage, overrides);
    addApplicationStacks(app, { application: shop, extend: addShopParts, settings, code });
    app.synth();
    return readdirSync(outdir)
      .filter((file) => file.endsWith('.template.json'))
      .map((file) => join(outdir, file));
  });
  // W3005: the CDK states dependencies that follow already.
  const options = ['--ignore-checks', 'W3005', '--non-zero-exit-code', 'error'];
  const { status } = spawnSync(program, [...options, '--', ...templates], { stdio: 'inherit' });
  process.stdout.write(`cfn-lint has seen ${templates.length} templates of ${variants.length} variants.\n`);
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
