// Whatever people write into an order, its e-mails say it as it was written, and it stays text: no header, no markup.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orderNotifications } from '../../../lambdas/shop/notifications/order-notifications.ts';
import type { OrderEvent } from '../../../lambdas/shop/orders/events.ts';
import { sesClient, sesMailer } from '../../../lambdas/spine/aws/ses/mailer.ts';
import type { Mail } from '../../../lambdas/spine/notifications/port.ts';
import { fakeAws } from '../../support/fake-aws.ts';

const numRuns = Number(process.env['MODEL_RUNS'] ?? 100);

/** Any Unicode text, and often what means something to mail and HTML. */
const text = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
  fc.constantFrom(
    '\r\nBcc: eve@elsewhere.example',
    '<img src=x onerror=alert(1)>',
    '&amp;',
    '\u2028',
    '\0',
    '=?utf-8?q?a?=',
  ),
);

const written = fc.record({ orderId: text, name: text, reason: text, carrier: text, trackingNumber: text });

function mailsAbout({ orderId, name, reason, carrier, trackingNumber }: Record<string, string>): readonly Mail[] {
  const events = [
    {
      type: 'OrderPlaced',
      data: {
        ...{ orderId, customerId: 'c', paymentToken: 'tok_ok', currency: 'EUR', total: 5 },
        lines: [{ sku: 'A', name, quantity: 1, unitPrice: 5 }],
      },
    },
    { type: 'OrderConfirmed', data: { transactionId: 't' } },
    { type: 'OrderShipped', data: { carrier, trackingNumber } },
    { type: 'OrderCancelled', data: { reason } },
    { type: 'OrderRejected', data: { code: 'out_of_stock', sku: 'A' } },
  ] as OrderEvent[];
  const history = events.map((event, index) => ({
    ...event,
    ...{ stream: 'order-o', version: index + 1, schemaVersion: '1.0.0' },
    ...{ time: '2026-03-01T12:00:00.000Z', correlationId: 'c', causationId: 'x' },
  }));
  return orderNotifications.in(history).notifications.map(({ mail }) => mail('ada@customers.example'));
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const shown = (markup: string): string => markup.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => entities[name] ?? '');
const cells = ({ html }: Mail): string[] =>
  [...html.matchAll(/<td>([^<>]*)<\/td>/g)].map(([, cell = '']) => shown(cell));
const tags = ({ html }: Mail): string[] => html.match(/<\/?[a-z0-9]+/gi) ?? [];

const plain = { orderId: 'o', name: 'Anvil', reason: 'Enough', carrier: 'DHL', trackingNumber: '1' };

it('says what was written, as text', () => {
  fc.assert(
    fc.property(written, (order) => {
      const mails = mailsAbout(order);
      const [confirmed, shipped, cancelled, rejected] = mails as [Mail, Mail, Mail, Mail];
      expect(confirmed.text).toContain(`1 × ${order.name}: €0.05`);
      expect(shipped.text).toContain(`Carrier: ${order.carrier}\nTracking number: ${order.trackingNumber}\n`);
      expect(cancelled.text).toContain(`Reason: ${order.reason}\n`);
      expect(rejected.text).toContain(`enough of ${order.name} in stock`);
      expect(cells(shipped)).toEqual([order.carrier, order.trackingNumber]);
      expect(cells(cancelled)).toEqual([order.reason]);
      expect(mails.map(tags)).toEqual(mailsAbout(plain).map(tags));
    }),
    { numRuns },
  );
});

it('has a subject of one line, however the order is named', () => {
  fc.assert(
    fc.property(written, (order) => {
      for (const { subject } of mailsAbout(order)) expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    }),
    { numRuns },
  );
});

const { requests } = fakeAws<never>('SESV2', (_, response) => response.end('{"MessageId":"m"}'));

it('goes to SES character by character, and SES encodes it', async () => {
  const mailer = sesMailer(sesClient(), 'shop@eventspine.example');
  await fc.assert(
    fc.asyncProperty(written, async (order) => {
      const [mail] = mailsAbout(order) as [Mail];
      expect(await mailer.send(mail, AbortSignal.timeout(10_000))).toMatchObject({ kind: 'sent' });
      const { Subject, Body } = JSON.parse(requests.at(-1)?.body ?? '').Content.Simple;
      const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
      expect([Subject, Body]).toEqual([utf8(mail.subject), { Text: utf8(mail.text), Html: utf8(mail.html) }]);
    }),
    { numRuns: Math.ceil(numRuns / 5) },
  );
});
