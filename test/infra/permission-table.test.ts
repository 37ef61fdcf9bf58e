// What each function may do, as a table in docs/permissions.md. The file is this test's snapshot: a change that is meant is
// written by `vitest run -u test/infra/permission-table.test.ts`, and shows in the diff.
import { expect, it } from 'vitest';
import { deploymentOf } from './deployment.ts';
import { permissionsOf } from './permissions.ts';

const prod = deploymentOf('prod');
const functionNames = prod.ofType('AWS::Lambda::Function').map(({ path }) => path.replace(/\/function$/, ''));

const heading = `# What each function may do

The role of each function in the stage \`prod\`, as the template has it: no action by a wildcard, and \`*\` as a resource only where IAM
knows no finer one. Written by \`test/infra/permission-table.test.ts\`, which fails when a role changes.

| function | may | on |
| --- | --- | --- |
`;

/** `dynamodb:Query on events/table.Arn if …` → the action, and what it is on. */
function rowsOf(functionName: string): string[] {
  const byResource = Map.groupBy(
    permissionsOf(prod, functionName).map((permission) => permission.split(/ on (.*)/s) as [string, string]),
    ([, resource]) => resource,
  );
  return [...byResource].map(([resource, permissions], index) => {
    const actions = permissions.map(([action]) => `\`${action}\``).join(', ');
    return `| ${index === 0 ? functionName : ''} | ${actions} | \`${resource}\` |`;
  });
}

it('is what docs/permissions.md says', async () => {
  const table = functionNames.toSorted().flatMap(rowsOf).join('\n');
  await expect(`${heading}${table}\n`).toMatchFileSnapshot('../../docs/permissions.md');
});
