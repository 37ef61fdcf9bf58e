// What the role of a function allows, one line a permission: `dynamodb:Query on events/table.Arn`, and after `if` what it is
// bound to: `ses:FromAddress StringEquals orders@shop.example`.
import type { Deployment } from './deployment.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export function permissionsOf(deployment: Deployment, functionName: string): string[] {
  // What a policy of its own has no room for, the CDK puts into managed ones.
  const policies = deployment.resources.filter(
    ({ path, type }) => path.startsWith(`${functionName}/role/`) && /^AWS::IAM::(Managed)?Policy$/.test(type),
  );
  const statements = policies.flatMap(
    ({ properties }) => (properties['PolicyDocument'] as { Statement: Statement[] }).Statement,
  );
  return statements
    .flatMap(({ Action, Resource, Condition = {} }) =>
      [Action]
        .flat()
        .flatMap((action) =>
          [Resource].flat().map((on) => `${action} on ${deployment.target(on)}${boundTo(Condition)}`),
        ),
    )
    .sort();
}

const boundTo = (condition: NonNullable<Statement['Condition']>): string =>
  Object.entries(condition)
    .flatMap(([operator, keys]) => Object.entries(keys).map(([key, value]) => ` if ${key} ${operator} ${value}`))
    .join('');

/** Permissions on the services of this application, without those that every function has for logs and traces. */
export const ownPermissionsOf = (deployment: Deployment, functionName: string): string[] =>
  permissionsOf(deployment, functionName).filter((permission) => !/^(logs|xray):/.test(permission));
