// The library as it would be deployed: its templates pass the rule packs, and hold nothing of the shop.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationIn } from '../../lib/spine/application-folder.ts';
import { bundleFunctions } from '../../lib/spine/bundles/function-bundles.ts';
import { undeployedApp } from '../../lib/spine/undeployed-app.ts';

const sender = { emailSender: 'desk@library.example' };
/** What a stage asks for beside its name. */
const contexts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  dev: sender,
  prod: {
    ...sender,
    emailIdentity: 'library.example',
    alarmTopicArn: 'arn:aws:sns:us-east-1:123456789012:operators',
    ...{ protection: 'none', backupDays: 'none', monthlyBudget: 'none' },
  },
};

let folder: string;
const apps = new Map<string, App>();
const appOf = (stage: string): App => apps.get(stage) as App;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'library-'));
  const { functionEntries: entries, addStacks } = await applicationIn('examples/library');
  const code = bundleFunctions({ entries, outputFolder: join(folder, 'functions') });
  for (const [stage, context] of Object.entries(contexts)) {
    const app = undeployedApp({ outdir: join(folder, stage), context: { stage, ...context } });
    addStacks(app, code);
    apps.set(stage, app);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(Object.keys(contexts))('the library on the stage %s', (stage) => {
  it('gives the rule packs nothing to find that is not acknowledged with a reason', () => {
    expect(new AwsSolutionsChecks(appOf(stage)).validateScope(appOf(stage)).violations).toEqual([]);
    expect(new ServerlessChecks(appOf(stage)).validateScope(appOf(stage)).violations).toEqual([]);
  });

  it('lets each function append to its own streams and dead letters alone, and mail from the desk', () => {
    const text = JSON.stringify(
      appOf(stage)
        .synth()
        .stacks.map(({ template }) => template),
    );
    const keys = [...text.matchAll(/"dynamodb:LeadingKeys":(\[[^\]]*\])/g)].map(([, each]) => JSON.parse(each ?? ''));
    const noted = ['loans', 'notices', 'overdue-loans'].map((subscriber) => [`dead-letter#${subscriber}`]);
    expect(keys.toSorted()).toEqual([...noted, ['loan-*'], ['notification-*'], ['overdue-*', 'loan-*']]);
    expect(text).toContain('"SENDER_ADDRESS":"desk@library.example"');
  });

  it('has no word of the shop in its templates', () => {
    const text = JSON.stringify(
      appOf(stage)
        .synth()
        .stacks.map(({ template }) => template),
    );
    expect(text.match(/[^"]{0,40}(payment|product(?!ion)|\borders?-|customers?\b)[^"]{0,40}/gi) ?? []).toEqual([]);
  });
});
