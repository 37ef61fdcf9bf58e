import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../local/ports.ts';
import { withSecretValues } from '../../../local/template/dynamic-references.ts';

const secretArn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:edge-secret-1a2b3c';

const secretValue = (secretId: string): string => {
  if (![secretArn, 'edge-secret'].includes(secretId)) throw new Error(`no secret ${secretId}`);
  return 'open $& sesame';
};

const resource = (properties: Resource['properties']): Resource => ({
  path: 'query/function',
  stack: 'compute',
  logicalId: 'Query',
  type: 'AWS::Lambda::Function',
  properties,
});

const resolved = (value: unknown): unknown =>
  withSecretValues([resource({ Deep: [{ value }] })], secretValue)[0]?.properties['Deep'];

describe('a dynamic reference', () => {
  it.each([
    ['by ARN, as the CDK writes it', `{{resolve:secretsmanager:${secretArn}:SecretString:::}}`, 'open $& sesame'],
    ['by ARN alone', `{{resolve:secretsmanager:${secretArn}}}`, 'open $& sesame'],
    ['by name', '{{resolve:secretsmanager:edge-secret:SecretString}}', 'open $& sesame'],
    ['within a text', 'Bearer {{resolve:secretsmanager:edge-secret}}!', 'Bearer open $& sesame!'],
  ])('%s stands for the value of the secret, at any depth', (_name, value, expected) => {
    expect(resolved(value)).toEqual([{ value: expected }]);
  });

  it('is the only thing that is replaced', () => {
    const properties = { Text: '{{mustache}}', Number: 0, No: false, Nothing: null, List: [], Deep: { Empty: {} } };
    expect(withSecretValues([resource(properties)], secretValue)).toEqual([resource(properties)]);
  });

  it.each([
    ['a secret that is not there', '{{resolve:secretsmanager:gone}}', 'no secret gone'],
    ['a part of a secret', '{{resolve:secretsmanager:edge-secret:SecretString:key}}', 'must be to a whole secret'],
    ['a version', `{{resolve:secretsmanager:${secretArn}:SecretString::AWSPREVIOUS}}`, 'must be to a whole secret'],
    ['a parameter', '{{resolve:ssm:edge-secret}}', 'must be to a whole secret'],
  ])('is refused to %s, naming the resource', (_name, value, message) => {
    expect(() => resolved(value)).toThrow(message);
    expect(() => resolved(value)).toThrow('compute/query/function (AWS::Lambda::Function)');
  });
});
