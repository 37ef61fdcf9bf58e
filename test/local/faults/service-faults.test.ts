import { createServer } from 'node:http';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LocalService } from '../../../local/application/local-application.ts';
import { startApplicationServices } from '../../../local/application/services.ts';
import { faultEndpoint } from '../../../local/faults/endpoint.ts';
import { PlannedFaults } from '../../../local/faults/planned-faults.ts';
import { ServiceFaults } from '../../../local/faults/service-faults.ts';
import { queueFront, sesFront } from '../../../local/faults/service-fronts.ts';
import { HttpServer } from '../../../local/gateway/http-server.ts';
import { withLocalEndpoints } from '../../../local/gateway/local-endpoints.ts';
import { clientSettings } from '../../../local/services/client-settings.ts';
import { startHttpFront } from '../../../local/services/http-front.ts';

/** A service that takes everything. */
async function soundService(): Promise<string> {
  const server = createServer((_, response) => response.end('{"MessageId":"m"}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

/** A service of an application. */
const printer: LocalService = {
  name: 'printer',
  endpointVariable: 'PRINTER_ENDPOINT',
  async answer({ body }) {
    if (String(body) === 'jam') throw new Error('no paper');
    return { statusCode: 200, body: String(body) };
  },
};

/** Services with faults that are asked for over HTTP. The clients try once, and the clock stands unless it is moved. */
async function start() {
  let millis = 0;
  const logged: string[] = [];
  const services = new ServiceFaults(() => millis);
  const sound = await soundService();
  const [email, queues, own] = await Promise.all([
    startHttpFront(() => sound, sesFront(services)),
    startHttpFront(() => sound, queueFront(services)),
    startApplicationServices([printer], services, (line) => logged.push(line)),
  ]);
  const server = await HttpServer.listen(0, () => {});
  const queuesInTemplate = ['order-detail', 'notifications'].map((name) => ({ name, queueName: `stack-${name}` }));
  const said: string[] = [];
  const endpoints = faultEndpoint({
    ...{ functions: new PlannedFaults(), services, targets: [], queues: queuesInTemplate, ownServices: ['printer'] },
    say: (line) => said.push(line),
  });
  server.serve(withLocalEndpoints(endpoints, async () => ({ statusCode: 404 })));
  const ses = new SESv2Client({ ...clientSettings(email.endpoint), maxAttempts: 1 });
  const sqs = new SQSClient({ ...clientSettings(queues.endpoint), maxAttempts: 1, md5: false });
  onTestFinished(async () => {
    ses.destroy();
    sqs.destroy();
    await Promise.all([email.stop(), queues.stop(), own.stop(), server.stop()]);
  });
  /** How it ended: `taken`, or the error's name. */
  const ended = (call: Promise<unknown>): Promise<string> =>
    call.then(
      () => 'taken',
      (error: Error) => error.name,
    );
  const content = { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } } };
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
    logged,
    print: async (page: string) => {
      const response = await fetch(String(own.variables['PRINTER_ENDPOINT']), { method: 'POST', body: page });
      return [response.status, await response.text()];
    },
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

  it('may be the application’s own, which then answers 503', async () => {
    const { post, print } = await start();
    expect(await print('a page')).toEqual([200, 'a page']);
    expect(await post({ service: 'printer', ...down })).toMatchObject({ status: 200, body: { service: 'printer' } });
    expect(await print('a page')).toEqual([503, '']);
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

  it('may be the application’s own, which then answers 429', async () => {
    const { post, print } = await start();
    await post({ service: 'printer', ...throttle });
    const statuses = [await print('1'), await print('2'), await print('3')].map(([status]) => status);
    expect(statuses).toEqual([200, 200, 429]);
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

it('tells the terminal of what a service of the application throws, and answers 500', async () => {
  const { print, logged } = await start();
  const [status, body] = await print('jam');
  expect(status).toBe(500);
  expect(body).not.toContain('paper');
  expect(logged).toEqual(['The service printer failed: Error: no paper']);
});

it.each([
  ['an unknown service', { service: 'bank' }, '/body/service', 'must be one of printer, email, queue'],
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
