import { expect, it } from 'vitest';
import { sesClient, sesMailer } from '../../../lambdas/spine/aws/ses/mailer.ts';
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

it('says that a bad request is for good', async () => {
  answers.push({ status: 400, error: 'BadRequestException' });
  expect(await send()).toEqual({ kind: 'refused', code: 'bad_request' });
  expect(requests).toHaveLength(1);
});

it.each([
  [400, 'MessageRejected', 'operator', 'message_rejected'],
  [400, 'MailFromDomainNotVerifiedException', 'operator', 'mail_from_domain_not_verified'],
  [400, 'AccountSuspendedException', 'operator', 'account_suspended'],
  [400, 'SendingPausedException', 'operator', 'sending_paused'],
  [404, 'NotFoundException', 'operator', 'not_found'],
  [400, 'LimitExceededException', 'operator', 'limit_exceeded'],
  [403, 'AccessDeniedException', 'operator', 'access_denied'],
  [429, 'TooManyRequestsException', 'rate', 'too_many_requests'],
  [400, 'ThrottlingException', 'rate', 'throttling'],
  [500, 'InternalServiceErrorException', 'outage', 'internal_service_error'],
  [503, 'ServiceUnavailable', 'outage', 'service_unavailable'],
])(
  'says of %i %s after one attempt that it is for the %s, and not for good, without the address',
  async (status, error, cause, code) => {
    answers.push({ status, error });
    const result = await send();
    const detail = expect.stringContaining(`${error}, status ${status}, request `);
    expect(result).toEqual({ kind: 'delayed', cause, code, detail });
    expect(JSON.stringify(result)).not.toContain(mail.to);
    expect(requests).toHaveLength(1);
  },
);

it.each([
  ['jörg@bücher.example', undefined],
  ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
  ['ada.l+shop_1@customers.example', 'ada.l+shop_1@customers.example'],
  ['ada@customers.example, eve@elsewhere.example', undefined],
  ['Ada <ada@customers.example>', undefined],
  ['"ada lovelace"@customers.example', undefined],
  ['ada@customers.example\r\nBcc: eve@elsewhere.example', undefined],
  ['ada', undefined],
  ['@customers.example', undefined],
  ['ada@', undefined],
  ['ada@localhost', undefined],
])('asks SES to send to %s as %s', async (to, sentTo) => {
  const result = await sesMailer(sesClient(), 'shop@eventspine.example').send({ ...mail, to }, inTime());
  expect(requests.map(({ body }) => JSON.parse(body).Destination.ToAddresses)).toEqual(sentTo ? [[sentTo]] : []);
  expect(result.kind).toBe(sentTo ? 'sent' : 'refused');
});

it('gives up when its time is over, and does not try again', async () => {
  answers.push('nothing');
  const result = await send(AbortSignal.timeout(200));
  expect(result).toMatchObject({ kind: 'delayed', cause: 'outage', code: 'abort_error' });
  expect(requests).toHaveLength(1);
});
