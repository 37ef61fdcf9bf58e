// A stage as its templates describe it, with references between resources and stacks followed to construct paths.
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { shop } from '../../lambdas/shop/shop.ts';
import { type ShopOverrides, type ShopSettings, shopGroups } from '../../lib/shop/settings/shop-settings.ts';
import { addShopParts } from '../../lib/shop/shop-parts.ts';
import * as settings from '../../lib/spine/settings/settings-from.ts';
import type { Stage } from '../../lib/spine/settings/stages.ts';
import { addApplicationStacks } from '../../lib/spine/stacks/application-stacks.ts';

export interface DeployedResource {
  /** Path of the construct without its stack and the trailing `Resource`: `order-detail/queue`. */
  readonly path: string;
  readonly type: string;
  readonly properties: Record<string, unknown>;
  readonly deletionPolicy: unknown;
}

interface CloudFormationResource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly Metadata?: Record<string, unknown>;
}

const emptyHandler = () => Code.fromInline('exports.handler = async () => undefined;');

export const apiKeySecretArn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:stripe-api-key-AbC123';

/** In the only region where a stage's alarms can watch its edge too. */
export const alarmTopicArn = 'arn:aws:sns:us-east-1:123456789012:operators';

/** What a stage has no setting of its own for, as a command line would name it. */
const named: Readonly<Record<Stage, ShopOverrides>> = {
  local: {},
  localstack: {},
  dev: { email: { sender: 'orders@shop.example' } },
  prod: {
    payments: { provider: 'stripe', apiKeySecretArn },
    email: { sender: 'orders@shop.example', identity: 'shop.example' },
    alarmTopicArn,
    backups: { retentionInDays: 35, isLocked: false },
    monthlyBudgetInDollars: 500,
  },
};

/** Says `none` in production unless the overrides bring a limit for each client. */
function protectionOf(stage: Stage, { edge }: ShopOverrides): ShopOverrides {
  const limits = edge === 'off' ? {} : edge;
  const isLimited = limits?.rateLimitPerFiveMinutes !== undefined || limits?.webAclArn !== undefined;
  return stage === 'prod' && !isLimited ? { protection: 'none' } : {};
}

export const stageSettings = (stage: unknown, overrides: ShopOverrides = {}): ShopSettings =>
  settings.stageSettings(shopGroups, stage, overrides);

export const fromCommandLine = (context: Readonly<Record<string, unknown>>): ShopSettings =>
  settings.settingsFrom(context, shopGroups);

export const settingsOf = (stage: Stage, overrides: ShopOverrides = {}): ShopSettings =>
  stageSettings(stage, { ...named[stage], ...protectionOf(stage, overrides), ...overrides });

/** The app of a stage, its functions without code so that nothing has to be built. */
export function appOf(stage: Stage, overrides: ShopOverrides = {}): App {
  const app = new App({
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
    stackTraces: false,
    context: { 'aws:cdk:enable-path-metadata': true },
  });
  const settings = settingsOf(stage, overrides);
  addApplicationStacks(app, { application: shop, extend: addShopParts, settings, code: emptyHandler });
  return app;
}

export class Deployment {
  readonly state: Template;
  readonly compute: Template;
  /** There on a stage with an edge. */
  readonly edge: Template | undefined;
  readonly resources: readonly DeployedResource[];
  readonly #targets = new Map<string, string>();

  constructor(stage: Stage, overrides: ShopOverrides = {}) {
    const app = appOf(stage, overrides);
    const [state, compute, edge] = ['state', 'compute', 'edge'].map((name) => {
      const stack = app.node.tryFindChild(`eventspine-${stage}-${name}`);
      return stack && Template.fromStack(stack as Stack);
    });
    if (state === undefined || compute === undefined) throw new Error('Both stacks must be there.');
    this.state = state;
    this.compute = compute;
    this.edge = edge;
    this.resources = [state, compute, edge].flatMap((template) => (template ? this.#read(template) : []));
  }

  ofType(type: string): readonly DeployedResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  at(path: string): DeployedResource {
    const found = this.resources.find((resource) => resource.path === path);
    if (found === undefined) throw new Error(`There is no resource at ${path}.`);
    return found;
  }

  /** What a value refers to: `order-detail/queue.Arn`, followed by what it is joined with; a plain value is itself. */
  target(value: unknown): string {
    if (typeof value !== 'object' || value === null) return String(value);
    const [[intrinsic, argument] = ['', undefined]] = Object.entries(value);
    if (intrinsic === 'Ref') return this.#known(`${argument}`);
    if (intrinsic === 'Fn::GetAtt') return this.#known((argument as string[]).join('.'));
    if (intrinsic === 'Fn::ImportValue') return this.#known(`${argument}`);
    if (intrinsic === 'Fn::Join') return (argument as [string, unknown[]])[1].map((part) => this.target(part)).join('');
    throw new Error(`A value must be plain or a reference, got ${JSON.stringify(value)}.`);
  }

  #known(reference: string): string {
    const [logicalId = '', attribute] = reference.includes(':') ? [reference] : reference.split('.');
    const path = this.#targets.get(logicalId) ?? logicalId;
    return attribute === undefined ? path : `${path}.${attribute}`;
  }

  #read(template: Template): DeployedResource[] {
    const { Resources, Outputs = {} } = template.toJSON();
    const resources = Object.entries<CloudFormationResource>(Resources).map(([logicalId, resource]) => {
      const path = String(resource.Metadata?.['aws:cdk:path'])
        .replace(/^[^/]+\//, '')
        .replace(/\/Resource$/, '');
      this.#targets.set(logicalId, path);
      return {
        path,
        type: resource.Type,
        properties: resource.Properties ?? {},
        deletionPolicy: resource.DeletionPolicy,
      };
    });
    for (const { Value, Export } of Object.values<{ Value: unknown; Export?: { Name: string } }>(Outputs)) {
      if (Export) this.#targets.set(Export.Name, this.target(Value));
    }
    return resources;
  }
}

const deployments = new Map<string, Deployment>();

/** The stage's deployment; tests only look at it, so one of the same settings is synthesised once. */
export function deploymentOf(stage: Stage, overrides: ShopOverrides = {}): Deployment {
  const key = JSON.stringify([stage, overrides]);
  const known = deployments.get(key) ?? new Deployment(stage, overrides);
  deployments.set(key, known);
  return known;
}
