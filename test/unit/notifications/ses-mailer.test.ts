import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { MailNotSentError, sesClient, sesMailer } from '../../../lambdas/adapters/ses/mailer.ts';

interface Answer {
  readonly status: number;
  readonly error?: string;
}

const mail = { to: 'ada@customers.example', subject: 'Größe', text: 'text', html: '<p>html</p>' };
const inTime = () => AbortSignal.timeout(10_000);

/** What SES answers, one after the other; when there is no more, it takes the mail. */
const answers: (Answer | 'nothing')[] = [];
const requests: unknown[] = [];
let server: Server;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      requests.push({ path: request.url, body: JSON.parse(body) });
      const answer = answers.shift() ?? { status: 200 };
      if (answer === 'nothing') return;
      const { status, error } = answer;
      const message = `Email address is not verified: ${mail.to}`;
      response
        .writeHead(status, { 'content-type': 'application/json', ...(error && { 'x-amzn-errortype': error }) })
        .end(JSON.stringify(error ? { message } : { MessageId: 'ses-1' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('AWS_ENDPOINT_URL_SESV2', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});

afterEach(() => {
  answers.length = 0;
  requests.length = 0;
});

afterAll(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const send = (signal = inTime()) => sesMailer(sesClient(), 'shop@eventspine.example').send(mail, signal);

it('sends text and HTML from the sender to the one address', async () => {
  expect(await send()).toEqual({ kind: 'sent', messageId: 'ses-1' });
  const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
  expect(requests).toEqual([
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
