// The CDK app: settings from the command line's context, the stacks of that stage, and the checks they have to pass.
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { addEventspine } from '../lib/shop/eventspine-app.ts';
import { settingsFromContext } from '../lib/spine/settings/context.ts';

const app = new App();
addEventspine(app, settingsFromContext(app.node));
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
