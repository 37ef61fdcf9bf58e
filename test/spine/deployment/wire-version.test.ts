import { expect, it } from 'vitest';
import { deployedWireVersion } from '../../../lib/deployment/wire-version.ts';
import { fakeCloudFormation } from '../../support/fake-cloudformation.ts';

const cloudFormation = fakeCloudFormation();

const withVariables = (Variables: object) => ({
  Resources: {
    role: { Type: 'AWS::IAM::Role', Properties: {} },
    relay: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables } } },
  },
});

it('a stage whose code reads wire version 1 only is deployed with version 1 once', async () => {
  cloudFormation.answers.push(withVariables({ LANES: '1' }));
  expect(await deployedWireVersion('dev', ['emailSender=orders@shop.example'])).toEqual(['wireVersion=1']);
  expect(new URLSearchParams(cloudFormation.requests[0]?.body).get('StackName')).toBe('eventspine-dev-compute');
});

it('a stage whose code reads both, and one that is not deployed yet, write the newest', async () => {
  cloudFormation.answers.push(withVariables({ LANES: '1', WIRE_VERSION: '1' }));
  expect(await deployedWireVersion('dev', [])).toEqual([]);
  expect(await deployedWireVersion('dev', [])).toEqual([]);
});

it('what is named is left as it is', async () => {
  expect(await deployedWireVersion('dev', ['wireVersion=2'])).toEqual([]);
  expect(cloudFormation.requests).toEqual([]);
});
