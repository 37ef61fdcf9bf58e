// Restricts the stacks of an app to one region.
import { type App, Aws, CfnRule, Fn, Stack } from 'aws-cdk-lib';

/**
 * CloudFormation refuses every stack of the app in another region, before it makes or changes anything: the first like the
 * last, so that nothing is left half deployed. The region is known to it alone, as our stacks name none.
 */
export function requireRegion(app: App, region: string, reason: string): void {
  for (const stack of app.node.children.filter(Stack.isStack)) {
    const assertDescription = `${stack.stackName} must be deployed to ${region}: ${reason}.`;
    new CfnRule(stack, 'required-region', {
      assertions: [{ assert: Fn.conditionEquals(Aws.REGION, region), assertDescription }],
    });
  }
}
