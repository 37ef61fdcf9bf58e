import { expect, test } from 'vitest';
import { functionSpecs } from '../../../local/functions/function-spec.ts';
import type { Resource } from '../../../local/ports.ts';

const resource = (properties: Readonly<Record<string, unknown>>, assetPath = '/code'): Resource => ({
  path: 'query/function',
  stack: 'compute',
  logicalId: 'Query',
  type: 'AWS::Lambda::Function',
  properties,
  assetPath,
});

test('reads what the template says of a function', () => {
  const properties = {
    FunctionName: 'query',
    Handler: 'index.handler',
    Timeout: 10,
    MemorySize: 512,
    Environment: { Variables: { LANES: 8 } },
  };

  expect(functionSpecs([resource(properties)])).toEqual([
    {
      name: 'query',
      codeFolder: '/code',
      handler: 'index.handler',
      environment: { LANES: '8' },
      timeoutInSeconds: 10,
      memoryInMegabytes: 512,
    },
  ]);
});

test("takes Lambda's defaults for what the template leaves out, and passes over other resources", () => {
  const other: Resource = { ...resource({}), type: 'AWS::SQS::Queue' };

  expect(functionSpecs([other, resource({ FunctionName: 'query', Handler: 'index.handler' })])).toMatchObject([
    { environment: {}, timeoutInSeconds: 3, memoryInMegabytes: 128 },
  ]);
});

test.each([
  ['a handler without an export', resource({ FunctionName: 'query', Handler: 'index' }), /<file>\.<export>/],
  ['no name', resource({ Handler: 'index.handler' }), /FunctionName/],
])('names the function with %s', (_, broken, message) => {
  expect(() => functionSpecs([broken])).toThrow(message);
  expect(() => functionSpecs([broken])).toThrow('compute/query/function');
});

test('refuses a function whose code is not in an asset', () => {
  const { assetPath: _, ...inline } = resource({ FunctionName: 'query', Handler: 'index.handler' });

  expect(() => functionSpecs([inline])).toThrow('a function must have its code in an asset');
});
