import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sesClient, sesMailer } from '../../../lambdas/spine/aws/ses/mailer.ts';
import { notificationFunction } from '../../../lambdas/spine/notifications/function.ts';
import { fakeAws } from '../../support/fake-aws.ts';
import { lendingNotices, lent, library, overdue } from './lending.ts';

const environment = {
  ...{ STAGE: 'dev', EVENT_TABLE: 'events', OWN_QUEUE_URL: 'http://127.0.0.1/q', HINTS_PER_MESSAGE: '10' },
  ...{
    SENDER_ADDRESS: 'desk@library.example',
    NOTIFICATIONS_PER_SECOND: '0.5',
    NOTIFICATION_REGISTER: lendingNotices.register,
  },
};

const { requests } = fakeAws<never>('SESV2', (_, response) =>
  response
    .writeHead(400, { 'content-type': 'application/json', 'x-amzn-errortype': 'MessageRejected' })
    .end('{"message":"Email address is not verified. The following identities failed the check: ada@readers.example"}'),
);

beforeEach(() => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});
afterEach(() => {
  for (const name of Object.keys(environment)) delete process.env[name];
});

it('starts with what its construct tells it', () => {
  expect(notificationFunction(lendingNotices)).toBeTypeOf('function');
});

it.each(Object.keys(environment))('does not start without %s', (name) => {
  delete process.env[name];
  expect(() => notificationFunction(lendingNotices)).toThrow(`The environment variable ${name} is not set`);
});

it('does not start when the manifest names another register than its declaration', () => {
  vi.stubEnv('NOTIFICATION_REGISTER', 'chase');
  const named = `names the register chase, the declaration ${lendingNotices.register}`;
  expect(() => notificationFunction(lendingNotices)).toThrow(named);
});

it('waits for an operator where SES has not verified a recipient, as in its sandbox', async () => {
  const { loan, deliver, waiting, published, registered } = library();
  const mailer = sesMailer(sesClient(), 'desk@library.example');
  expect(await deliver(await loan([lent(), overdue]), lendingNotices, mailer)).toBe(true);
  expect(requests).toHaveLength(1);
  expect(waiting).toHaveLength(1);
  expect(published).toEqual([{ blocked: 1 }]);
  expect(registered()).toEqual(['EmailClaimed', 'EmailReleased']);
});
