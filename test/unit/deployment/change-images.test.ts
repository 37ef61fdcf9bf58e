import { expect, it } from 'vitest';
import { deployedChangeImages } from '../../../lib/deployment/change-images.ts';
import { fakeAws } from '../../support/fake-aws.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Answers with a template, or that there is no stack. */
const cloudFormation = fakeAws<object>('CLOUDFORMATION', (template, response) => {
  const body =
    template === undefined
      ? '<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id eventspine-dev-state does not exist</Message></Error></ErrorResponse>'
      : `<GetTemplateResponse><GetTemplateResult><TemplateBody>${escaped(JSON.stringify(template))}</TemplateBody></GetTemplateResult></GetTemplateResponse>`;
  response.writeHead(template === undefined ? 400 : 200, { 'content-type': 'text/xml' }).end(body);
});

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
