import { describe, expect, it } from 'vitest';
import { noValue, type ReferenceScope, resolve } from '../../../local/template/intrinsics.ts';

const references: Readonly<Record<string, unknown>> = {
  Queue: 'http://queue',
  'AWS::Region': 'us-east-1',
  'AWS::NoValue': noValue,
};

const scope: ReferenceScope = {
  ref(logicalId) {
    if (!(logicalId in references)) throw new Error(`no ${logicalId}`);
    return references[logicalId];
  },
  attribute: (logicalId, name) => `${logicalId}/${name}`,
  importValue: (exportName) => `imported ${exportName}`,
};

describe('intrinsic functions', () => {
  it.each([
    ['Ref', { Ref: 'Queue' }, 'http://queue'],
    ['Fn::GetAtt in list form', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'Table/Arn'],
    ['Fn::GetAtt in dotted form', { 'Fn::GetAtt': 'Stack.Outputs.Name' }, 'Stack/Outputs.Name'],
    ['Fn::Join over other intrinsics', { 'Fn::Join': [':', ['arn', { Ref: 'AWS::Region' }, 7]] }, 'arn:us-east-1:7'],
    ['Fn::Split', { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Table', 'Arn'] }] }, ['Table', 'Arn']],
    ['Fn::Select of a split', { 'Fn::Select': ['1', { 'Fn::Split': ['/', 'a/b'] }] }, 'b'],
    ['Fn::ImportValue', { 'Fn::ImportValue': { 'Fn::Join': ['', ['state', ':x']] } }, 'imported state:x'],
    ['Fn::Sub with references', { 'Fn::Sub': `\${Queue}-\${Table.Arn}` }, 'http://queue-Table/Arn'],
    ['Fn::Sub with variables', { 'Fn::Sub': [`\${Own}`, { Own: { Ref: 'AWS::Region' } }] }, 'us-east-1'],
    ['Fn::Sub with an escaped placeholder', { 'Fn::Sub': `\${!Literal}` }, `\${Literal}`],
  ])('resolves %s', (_name, value, expected) => {
    expect(resolve({ Property: [value] }, scope)).toEqual({ Property: [expected] });
  });

  it('leaves out what refers to AWS::NoValue', () => {
    const nothing = { Ref: 'AWS::NoValue' };
    expect(resolve({ Kept: 1, Left: nothing, List: [nothing, 2] }, scope)).toEqual({ Kept: 1, List: [2] });
  });

  it('leaves plain values alone', () => {
    const value = { Text: 'a', Number: 0, No: false, Nothing: null, List: [], Deep: { Empty: {} } };
    expect(resolve(value, scope)).toEqual(value);
  });

  it.each([
    ['an intrinsic that is not known', { 'Fn::Cidr': ['10.0.0.0/8', 1, 8] }, /Fn::Cidr is not known here/],
    ['a reference that is not known', { Ref: 'Gone' }, /no Gone/],
    ['an index outside of a list', { 'Fn::Select': ['2', ['a', 'b']] }, /index from 0 to 1 is needed, got "2"/],
    ['an object where a string is needed', { 'Fn::Join': ['', [{ Deep: 1 }]] }, /a string is needed, got \{"Deep":1\}/],
  ])('refuses %s', (_name, value, message) => {
    expect(() => resolve(value, scope)).toThrow(message);
  });
});
