// Any text in any field of any command, in any batches: the order's end, its e-mails and every other customer's order are as without it.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orderDecider } from '../../../lambdas/shop/orders/decider.ts';
import { cancelOrder, shipOrder } from '../../../lambdas/shop/orders/operations.ts';
import { productDecider } from '../../../lambdas/shop/products/decider.ts';
import { listProduct } from '../../../lambdas/shop/products/operations.ts';
import { stockDecider } from '../../../lambdas/shop/stock/decider.ts';
import { run } from '../../support/commands.ts';
import { type ShopSettings, shop } from './shop.ts';

const numRuns = Number(process.env['TEXT_RUNS'] ?? 60);

/** What the contract takes: not blank, no NUL, no half of a surrogate pair. */
const isText = (text: string): boolean => /\S/.test(text) && !text.includes('\0') && text.isWellFormed();

/** Every plane of Unicode, with what has been trouble more often than chance would have it. */
const text = (maxLength: number) => {
  const troubling = fc.constantFrom(
    ...['\u{1F600}', '\uFFFF', '\uFFFE', '\uFEFF', '\u0001', '\u007F', '\u0085', '\u2028', '\u202E', '\uFFFD', '\r\n'],
    ...['\u{10FFFF}', '\u{1FFFE}', '"', '\\', '</td>', '&amp;', '{"v":1', '\\u0000', '%00', '=?utf-8?q?x?='],
  );
  const unit = fc.oneof(
    troubling,
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  );
  return fc
    .array(unit, { minLength: 1, maxLength })
    .map((units) => units.join(''))
    .filter((all) => isText(all) && all.length <= maxLength);
};

interface Texts {
  readonly productName: string;
  readonly reason: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly customerId: string;
  readonly email: string;
}

const anyTexts: fc.Arbitrary<Texts> = fc.record({
  productName: text(200),
  reason: text(500),
  carrier: text(100),
  trackingNumber: text(100),
  customerId: text(128),
  email: text(100),
});

/** Names that stand for themselves wherever they turn up. */
const plain: Texts = {
  productName: 'PRODUCT-NAME',
  reason: 'REASON',
  carrier: 'CARRIER',
  trackingNumber: 'TRACKING-NUMBER',
  customerId: 'CUSTOMER-ID',
  email: 'E-MAIL',
};

const anySettings: fc.Arbitrary<ShopSettings> = fc.record({
  batchSizes: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
});

/** Alice cancels one order and has another one shipped, with her texts; Bob's is shipped with plain ones. */
async function trade(texts: Texts, settings: ShopSettings) {
  const world = shop(settings);
  const { store, settle, row, mails } = world;
  const order = (id: string, command: object) =>
    run(store, orderDecider, `order-${id}`, { orderId: id, ...command } as never, { time: '2026-01-01T00:00:00.000Z' });
  const product = { name: texts.productName, unitPrice: 1050, currency: 'EUR' };
  const place = (id: string, customerId: string, email: string) =>
    order(id, {
      type: 'PlaceOrder',
      customerId,
      email,
      paymentToken: 'tok_ok',
      lines: [{ sku: 'A', quantity: 2, product }],
    });
  await run(store, productDecider, 'product-A', { type: 'ListProduct', sku: 'A', ...product });
  await run(store, stockDecider, 'stock-A', { type: 'ReceiveStock', sku: 'A', quantity: 10, isListed: true });
  await place('CANCELLED', texts.customerId, texts.email);
  await place('SHIPPED', texts.customerId, texts.email);
  await place('BOB', 'bob', 'bob@customers.example');
  await settle();
  await order('CANCELLED', { type: 'CancelOrder', reason: texts.reason });
  await order('SHIPPED', { type: 'ShipOrder', carrier: texts.carrier, trackingNumber: texts.trackingNumber });
  await order('BOB', { type: 'ShipOrder', carrier: 'DHL', trackingNumber: '1' });
  await settle();
  const orders = ['CANCELLED', 'SHIPPED', 'BOB'].map((id) => [
    row('order-detail', `order-${id}`),
    row('customer-orders', `order-${id}`),
  ]);
  const { captured, refunds } = world.provider;
  return {
    money: { captured: [...captured], refunds: [...refunds] },
    troubles: world.troubles(),
    // Which of several e-mails goes first follows from the batches.
    mails: mails.toSorted((left, right) => (left.subject < right.subject ? -1 : 1)),
    rows: { orders, product: row('catalogue', 'product-A') },
  };
}

/** The outcome with other texts in the places of the plain ones. */
function withTexts(outcome: unknown, texts: Texts, spelt = (text: string) => text): unknown {
  if (typeof outcome === 'string') {
    const isPlain = new RegExp(Object.values(plain).join('|'), 'g');
    const nameOf = (found: string) => Object.keys(plain).find((name) => plain[name as keyof Texts] === found);
    return outcome.replace(isPlain, (found) => spelt(texts[nameOf(found) as keyof Texts]));
  }
  if (Array.isArray(outcome)) return outcome.map((each) => withTexts(each, texts, spelt));
  if (typeof outcome !== 'object' || outcome === null) return outcome;
  const inHtml = (key: string) => (key === 'html' ? escaped : spelt);
  return Object.fromEntries(Object.entries(outcome).map(([key, each]) => [key, withTexts(each, texts, inHtml(key))]));
}

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

it(
  'nothing but the text itself differs from what a plain one leads to',
  async () => {
    const usual = await trade(plain, { batchSizes: [10] });
    expect(usual.troubles).toEqual({ failures: 0, left: 0 });
    expect(usual.money.refunds).toHaveLength(1);
    expect(usual.mails).toHaveLength(6);
    await fc.assert(
      fc.asyncProperty(anyTexts, anySettings, async (texts, settings) => {
        expect(await trade(texts, settings)).toEqual(withTexts(usual, texts));
      }),
      { numRuns },
    );
  },
  20_000 + numRuns * 100,
);

it('nor when SQS refuses what no rule of its own forbids: only the hint at fault goes without its events', async () => {
  const usual = await trade(plain, { batchSizes: [10] });
  await fc.assert(
    fc.asyncProperty(
      anySettings,
      fc.constantFrom(plain.reason, plain.trackingNumber, plain.productName),
      async (settings, refused) => {
        expect(await trade(plain, { ...settings, alsoRefuses: new RegExp(refused) })).toEqual(usual);
      },
    ),
    { numRuns: Math.ceil(numRuns / 4) },
  );
});

it('the API takes such texts as they are, and refuses a blank one and a NUL', () => {
  const fields = [
    [cancelOrder.body.shape.reason, 500],
    [shipOrder.body.shape.carrier, 100],
    [shipOrder.body.shape.trackingNumber, 100],
    [listProduct.body.shape.name, 200],
  ] as const;
  for (const [field, mostCharacters] of fields) {
    fc.assert(
      fc.property(text(mostCharacters), (given) => {
        expect(field.parse(given)).toBe(given);
      }),
    );
    for (const refused of ['', ' \n', 'x\0', 'x'.repeat(mostCharacters + 1)])
      expect(field.safeParse(refused).success).toBe(false);
  }
});
