// The CDK app: the stacks of an application, that of cdk.json or what `-c app=<folder>` names, and the checks they have to pass.
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { applicationIn, defaultApplication } from '../lib/spine/application-folder.ts';
import { bundleFunctions } from '../lib/spine/bundles/function-bundles.ts';

const app = new App();
const application = await applicationIn(String(app.node.tryGetContext('app') ?? defaultApplication));
const entries = application.functionEntries;
application.addStacks(app, bundleFunctions({ entries, outputFolder: join(app.outdir, 'functions') }));
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
