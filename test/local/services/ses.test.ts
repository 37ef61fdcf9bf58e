import { appendFileSync } from 'node:fs';
import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { expect, onTestFinished, test } from 'vitest';
import { HttpServer } from '../../../local/gateway/http-server.ts';
import { withLocalEndpoints } from '../../../local/gateway/local-endpoints.ts';
import { clientSettings } from '../../../local/services/client-settings.ts';
import { messagesEndpoint } from '../../../local/services/ses/endpoint.ts';
import { startSes } from '../../../local/services/ses/start.ts';
import { sesWhenNeeded } from '../../../local/services/ses/when-needed.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function start(folder = temporaryFolder()) {
  const ses = await startSes(folder);
  const client = new SESv2Client(clientSettings(ses.endpoint));
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    client.destroy();
    stopped ??= ses.stop();
    return stopped;
  };
  onTestFinished(stop);
  const send = (to: string, Data: string) =>
    client.send(
      new SendEmailCommand({
        FromEmailAddress: 'orders@example.com',
        Destination: { ToAddresses: [to] },
        Content: {
          Simple: { Subject: { Data }, Body: { Text: { Data: `${Data}, as text` }, Html: { Data: `<p>${Data}</p>` } } },
        },
      }),
    );
  return { ses, send, stop, folder };
}

const subjects = (ses: Awaited<ReturnType<typeof start>>['ses']): string[] =>
  ses.messages().map(({ subject }) => subject);

test('shows what was sent under /local/emails, oldest first, with the time of each', async () => {
  const { ses, send } = await start();
  const server = await HttpServer.listen(0, () => {});
  onTestFinished(() => server.stop());
  server.serve(withLocalEndpoints(messagesEndpoint(ses), async () => ({ statusCode: 404 })));
  const shown = async () => (await fetch(`${server.url}/local/emails`)).json();
  expect(await shown()).toEqual({ emails: [] });

  const { MessageId } = await send('ada@example.com', 'Grüße');
  await send('bob@example.com', 'Second');

  expect(MessageId).toEqual(expect.any(String));
  const sentAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(await shown()).toEqual({
    emails: [
      { to: 'ada@example.com', subject: 'Grüße', text: 'Grüße, as text', sentAt },
      { to: 'bob@example.com', subject: 'Second', text: 'Second, as text', sentAt },
    ],
  });
  const [first, second] = ses.messages();
  expect(Date.parse(first?.sentAt ?? '')).toBeLessThanOrEqual(Date.parse(second?.sentAt ?? ''));
});

test('shows any text as it was sent, what some take for the end of a line too', async () => {
  const { ses, send } = await start();
  const text = '\u{1F600} \uFFFF \uFFFE \u0001 \u0085 \u2028 \u2029 \u202E';
  await send('ada@example.com', text);
  await send('ada@example.com', 'Next');
  expect(subjects(ses)).toEqual([text, 'Next']);
});

test('keeps what was sent over a restart', async () => {
  const first = await start();
  await first.send('ada@example.com', 'Before');
  await first.stop();

  const { ses, send } = await start(first.folder);
  await send('ada@example.com', 'After');

  expect(subjects(ses)).toEqual(['Before', 'After']);
});

test('goes on after a kill that cut the last line short', async () => {
  const first = await start();
  await first.send('ada@example.com', 'Whole');
  appendFileSync(join(first.folder, 'emails.jsonl'), '{"to":"ada@exa');
  expect(subjects(first.ses)).toEqual(['Whole']);
  await first.stop();

  const { ses, send } = await start(first.folder);
  await send('ada@example.com', 'Next');

  expect(subjects(ses)).toEqual(['Whole', 'Next']);
});

test('has an e-mail on disk when it acknowledges it', async () => {
  const { ses, send } = await start();
  for (let count = 1; count <= 20; count += 1) {
    await send('ada@example.com', `No. ${count}`);
    expect(ses.messages()).toHaveLength(count);
  }
});

test('listens on this machine alone', async () => {
  const { ses } = await start();
  const { port } = new URL(ses.endpoint);
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses = []) => addresses)
    .find(({ internal, family }) => !internal && family === 'IPv4');
  // Every address of 127/8 is this machine's own; a server on all interfaces would answer on this one too.
  const other = outside?.address ?? '127.0.0.2';
  const answer = new Promise((resolve, reject) => request({ host: other, port }, resolve).on('error', reject).end());
  await expect(answer).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('starts with the first e-mail, once, and knows what was sent before it has', async () => {
  const before = await start();
  await before.send('ada@example.com', 'Confirmed');
  await before.stop();
  const ses = sesWhenNeeded(before.folder);
  onTestFinished(() => ses.stop());

  expect(ses.messages().map(({ subject }) => subject)).toEqual(['Confirmed']);
  const [one, other] = await Promise.all([ses.endpoint(), ses.endpoint()]);

  expect(other).toBe(one);
  const client = new SESv2Client(clientSettings(one));
  onTestFinished(() => client.destroy());
  await client.send(
    new SendEmailCommand({
      FromEmailAddress: 'orders@example.com',
      Destination: { ToAddresses: ['ada@example.com'] },
      Content: { Simple: { Subject: { Data: 'Shipped' }, Body: { Text: { Data: 'On its way' } } } },
    }),
  );
  expect(ses.messages().map(({ subject }) => subject)).toEqual(['Confirmed', 'Shipped']);
});

test('has no e-mails, and nothing to stop, where none was ever sent', async () => {
  const ses = sesWhenNeeded(join(temporaryFolder(), 'ses'));
  expect(ses.messages()).toEqual([]);
  await ses.stop();
});
