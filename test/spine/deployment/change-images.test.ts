import { expect, it } from 'vitest';
import { deployedChangeImages } from '../../../lib/deployment/change-images.ts';
import { fakeCloudFormation } from '../../support/fake-cloudformation.ts';

const cloudFormation = fakeCloudFormation();

const withStream = (StreamViewType: string) => ({
  Resources: {
    queue: { Type: 'AWS::SQS::Queue', Properties: { SqsManagedSseEnabled: true } },
    policy: { Type: 'AWS::SQS::QueuePolicy' },
    events: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { StreamSpecification: { StreamViewType } } },
  },
});

it('a stage whose change stream has new images only goes on with it', async () => {
  cloudFormation.answers.push(withStream('NEW_IMAGE'));
  expect(await deployedChangeImages('dev', ['emailSender=orders@shop.example'])).toEqual(['changeImages=new']);
  expect(new URLSearchParams(cloudFormation.requests[0]?.body).get('StackName')).toBe('eventspine-dev-state');
});

it('a stage that has both images, and one that is not deployed yet, need no setting', async () => {
  cloudFormation.answers.push(withStream('NEW_AND_OLD_IMAGES'));
  expect(await deployedChangeImages('dev', [])).toEqual([]);
  expect(await deployedChangeImages('dev', [])).toEqual([]);
});

it('what is named is left as it is', async () => {
  expect(await deployedChangeImages('dev', ['changeImages=both'])).toEqual([]);
  expect(cloudFormation.requests).toEqual([]);
});
