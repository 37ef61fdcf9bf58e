import { expect, it } from 'vitest';
import { MailNotSentError, sesClient, sesMailer } from '../../../lambdas/adapters/ses/mailer.ts';
import { fakeAws } from '../../support/fake-aws.ts';

interface Answer {
  readonly status: number;
  readonly error?: string;
}

const mail = { to: 'ada@customers.example', subject: 'Größe', text: 'text', html: '<p>html</p>' };
const inTime = () => AbortSignal.timeout(10_000);

/** When no answer is prepared, it takes the mail. */
const { answers, requests } = fakeAws<Answer | 'nothing'>('SESV2', (answer = { status: 200 }, response) => {
  if (answer === 'nothing') return;
  const { status, error } = answer;
  const message = `Email address is not verified: ${mail.to}`;
  response
    .writeHead(status, { 'content-type': 'application/json', ...(error && { 'x-amzn-errortype': error }) })
    .end(JSON.stringify(error ? { message } : { MessageId: 'ses-1' }));
});

const send = (signal = inTime()) => sesMailer(sesClient(), 'shop@eventspine.example').send(mail, signal);

it('sends text and HTML from the sender to the one address', async () => {
  expect(await send()).toEqual({ kind: 'sent', messageId: 'ses-1' });
  const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
  expect(requests.map(({ path, body }) => ({ path, body: JSON.parse(body) }))).toEqual([
    {
      path: '/v2/email/outbound-emails',
      body: {
        FromEmailAddress: 'shop@eventspine.example',
        Destination: { ToAddresses: ['ada@customers.example'] },
        Content: { Simple: { Subject: utf8('Größe'), Body: { Text: utf8('text'), Html: utf8('<p>html</p>') } } },
      },
    },
  ]);
});

it('repeats a send that SES throttled', async () => {
  answers.push({ status: 429, error: 'TooManyRequestsException' });
  expect(await send()).toEqual({ kind: 'sent', messageId: 'ses-1' });
  expect(requests).toHaveLength(2);
});

it.each([
  ['MessageRejected', 'message_rejected'],
  ['BadRequestException', 'bad_request'],
])('says that %s is for good', async (error, code) => {
  answers.push({ status: 400, error });
  expect(await send()).toEqual({ kind: 'refused', code });
  expect(requests).toHaveLength(1);
});

it.each([
  { status: 500, error: 'InternalServiceErrorException' },
  { status: 503, error: 'ServiceUnavailable' },
  { status: 400, error: 'SendingPausedException' },
  { status: 400, error: 'MailFromDomainNotVerifiedException' },
  { status: 403, error: 'AccessDeniedException' },
])('throws for $error after one attempt, without the address', async (answer) => {
  answers.push(answer);
  const error = await send().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(MailNotSentError);
  const { message, stack, cause } = error as Error;
  expect(message).toContain(`status ${answer.status}`);
  expect([message, stack, cause].join()).not.toContain(mail.to);
  expect(requests).toHaveLength(1);
});

it('gives up when its time is over, and does not try again', async () => {
  answers.push('nothing');
  await expect(send(AbortSignal.timeout(200))).rejects.toThrow('AbortError');
  expect(requests).toHaveLength(1);
});
