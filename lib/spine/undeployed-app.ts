import { App, type AppProps } from 'aws-cdk-lib';
import cdkSettings from '../../cdk.json' with { type: 'json' };

/**
 * An app to be synthesised in this process and not deployed: with the feature flags of `cdk.json` and with the paths of constructs
 * and assets in the template, as the CDK's command line makes it, but without what only a deployment needs (validation by
 * CloudFormation's rules, analytics, stack traces, the construct tree's file).
 */
export const undeployedApp = (props: AppProps): App =>
  new App({
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
    stackTraces: false,
    treeMetadata: false,
    ...props,
    context: {
      ...cdkSettings.context,
      'aws:cdk:enable-path-metadata': true,
      'aws:cdk:enable-asset-metadata': true,
      ...props.context,
    },
  });
