import { createServer } from 'node:http';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { remoteSandbox } from '../../../lambdas/shop/payments/providers/remote-sandbox.ts';
import { faultEndpoint } from '../../../local/faults/endpoint.ts';
import { PlannedFaults } from '../../../local/faults/planned-faults.ts';
import { ServiceFaults } from '../../../local/faults/service-faults.ts';
import { emailFront, queueFront } from '../../../local/faults/service-fronts.ts';
import { HttpServer } from '../../../local/gateway/http-server.ts';
import { withLocalEndpoints } from '../../../local/gateway/local-endpoints.ts';
import { startSandbox } from '../../../local/payments/sandbox-service.ts';
import { clientSettings } from '../../../local/services/client-settings.ts';
import { startHttpFront } from '../../../local/services/http-front.ts';

/** A service that takes everything. */
async function soundService(): Promise<string> {
  const server = createServer((_, response) => response.end('{"MessageId":"m"}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

/** Services with faults that are asked for over HTTP. The clients try once, and the clock stands unless it is moved. */
async function start() {
  let millis = 0;
  const services = new ServiceFaults(() => millis);
  const sound = await soundService();
  const [email, queues, sandbox] = await Promise.all([
    startHttpFront(() => sound, emailFront(services)),
    startHttpFront(() => sound, queueFront(services)),
    startSandbox(services, () => {}),
  ]);
  const server = await HttpServer.listen(0, () => {});
  const queuesInTemplate = ['order-detail', 'notifications'].map((name) => ({ name, queueName: `stack-${name}` }));
  const said: string[] = [];
  const endpoints = faultEndpoint({
    ...{ functions: new PlannedFaults(), services, targets: [], queues: queuesInTemplate },
    say: (line) => said.push(line),
  });
  server.serve(withLocalEndpoints(endpoints, async () => ({ statusCode: 404 })));
  const ses = new SESv2Client({ ...clientSettings(email.endpoint), maxAttempts: 1 });
  const sqs = new SQSClient({ ...clientSettings(queues.endpoint), maxAttempts: 1, md5: false });
  onTestFinished(async () => {
    ses.destroy();
    sqs.destroy();
    await Promise.all([email.stop(), queues.stop(), sandbox.stop(), server.stop()]);
  });
  /** How it ended: `taken`, or the error's name. */
  const ended = (call: Promise<unknown>): Promise<string> =>
    call.then(
      () => 'taken',
      (error: Error) => error.name,
    );
  const content = { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } } };
  const provider = remoteSandbox(sandbox.endpoint);
  const order = { orderId: 'o', amount: 1, currency: 'EUR', idempotencyKey: 'k' };
  return {
    said,
    pass(duration: number) {
      millis += duration;
    },
    post: async (body: unknown) => {
      const response = await fetch(`${server.url}/local/faults`, { method: 'POST', body: JSON.stringify(body) });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    sendEmail: () => ended(ses.send(new SendEmailCommand({ Content: content }))),
    sendMessage: (queue: string) =>
      ended(sqs.send(new SendMessageCommand({ QueueUrl: `${queues.endpoint}/1/stack-${queue}`, MessageBody: 'b' }))),
    capture: (paymentToken = 'tok_ok') => ended(provider.capture({ ...order, paymentToken })),
    refund: () => ended(provider.refund({ ...order, transactionId: 't' })),
    find: () => provider.find({ ...order, paymentToken: 'tok_ok' }),
  };
}

const down = { mode: 'down', seconds: 60 };
const throttle = { mode: 'throttle', seconds: 60, perSecond: 2 };

it('tells the terminal of each fault, and of its end', async () => {
  const { post, said } = await start();
  await post({ service: 'queue', name: 'notifications', ...down });
  await post({ service: 'email', ...throttle });
  await post({ service: 'email', ...throttle, seconds: 0 });
  await post({ service: 'nothing', ...down });
  expect(said).toEqual([
    'Fault: queue stack-notifications is down for 60 s',
    'Fault: email takes 2 requests a second for 60 s',
    'Fault ended: email is sound again',
  ]);
});

describe('a service that is down', () => {
  it('answers no e-mail as SES would, until its time is over', async () => {
    const { post, pass, sendEmail } = await start();
    expect(await post({ service: 'email', ...down })).toEqual({ status: 200, body: { service: 'email', ...down } });
    expect(await sendEmail()).toBe('ServiceUnavailable');
    pass(59_999);
    expect(await sendEmail()).toBe('ServiceUnavailable');
    pass(1);
    expect(await sendEmail()).toBe('taken');
  });

  it('takes no payment and no refund: both may be asked for again', async () => {
    const { post, capture, refund } = await start();
    expect([await capture(), await refund()]).toEqual(['taken', 'taken']);
    await post({ service: 'payments', ...down });
    expect([await capture(), await refund()]).toEqual(['ProviderUnavailableError', 'ProviderUnavailableError']);
  });

  it('is one queue, and no other', async () => {
    const { post, sendMessage } = await start();
    await post({ service: 'queue', name: 'notifications', ...down });
    expect(await sendMessage('notifications')).toBe('ServiceUnavailable');
    expect(await sendMessage('order-detail')).toBe('taken');
  });

  it('is sound again as soon as the fault is ended', async () => {
    const { post, sendEmail } = await start();
    await post({ service: 'email', ...down });
    expect(await post({ service: 'email', mode: 'down', seconds: 0 })).toMatchObject({ status: 200 });
    expect(await sendEmail()).toBe('taken');
  });
});

describe('a service that throttles', () => {
  it('takes so many e-mails within any second, and tells the others that they are too many', async () => {
    const { post, pass, sendEmail } = await start();
    await post({ service: 'email', ...throttle });
    expect(await sendEmail()).toBe('taken');
    pass(600);
    expect([await sendEmail(), await sendEmail()]).toEqual(['taken', 'TooManyRequestsException']);
    pass(400);
    expect([await sendEmail(), await sendEmail()]).toEqual(['taken', 'TooManyRequestsException']);
  });

  it('takes so many payments', async () => {
    const { post, capture } = await start();
    await post({ service: 'payments', ...throttle });
    expect([await capture(), await capture(), await capture()]).toEqual(['taken', 'taken', 'ProviderUnavailableError']);
  });

  it('counts each queue by itself', async () => {
    const { post, sendMessage } = await start();
    await post({ service: 'queue', name: 'notifications', ...throttle });
    const sent = async () => [await sendMessage('notifications'), await sendMessage('order-detail')];
    expect([await sent(), await sent(), await sent()].flat()).toEqual([
      ...['taken', 'taken', 'taken', 'taken', 'ThrottlingException', 'taken'],
    ]);
  });
});

it('serves the sandbox as it answers inside a function', async () => {
  const { capture, find } = await start();
  const transactionId = expect.stringMatching(/^txn_/);
  expect(await find()).toEqual({ kind: 'captured', transactionId });
  expect([await capture('tok_flaky'), await capture('tok_flaky'), await capture('tok_flaky')]).toEqual([
    'ProviderUnavailableError',
    'ProviderUnavailableError',
    'taken',
  ]);
});

it.each([
  ['an unknown service', { service: 'bank' }, '/body/service', 'must be one of payments, email, queue'],
  ['an unknown mode', { mode: 'slow' }, '/body/mode', 'must be one of down, throttle'],
  ['no time', { seconds: undefined }, '/body/seconds', 'must be a whole number from 0 to 86400'],
  ['a negative time', { seconds: -1 }, '/body/seconds', 'must be a whole number from 0 to 86400'],
  ['no rate', { mode: 'throttle' }, '/body/perSecond', 'must say how many a second are taken'],
  [
    'a rate of nothing',
    { mode: 'throttle', perSecond: 0 },
    '/body/perSecond',
    'must be a whole number from 1 to 10000',
  ],
  ['a rate of what is down', { perSecond: 1 }, '/body/perSecond', 'must not be set but for mode throttle'],
  ['a name for what has none', { name: 'notifications' }, '/body/name', 'must not be set but for service queue'],
  ['no queue', { service: 'queue' }, '/body/name', 'must be one of notifications, order-detail'],
  ['an unknown queue', { service: 'queue', name: 'q' }, '/body/name', 'must be one of notifications, order-detail'],
  ['a function beside it', { function: 'relay' }, '/body/function', 'is not known here'],
])('refuses a request with %s, and changes nothing', async (_name, change, pointer, detail) => {
  const { post, sendEmail } = await start();
  const { status, body } = await post({ service: 'email', ...down, ...change });
  expect(status).toBe(400);
  expect(body).toMatchObject({ code: 'validation_failed', errors: [{ pointer, detail }] });
  expect(await sendEmail()).toBe('taken');
});
