// A product's stock over many streams, by its deciders alone: what an escrow does without a table.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAX_ACTIVE, MAX_RESERVATIONS } from '../../../lambdas/shop/stock/decider.ts';
import { commitBytes, UNIT_IN_BYTES } from '../../../lambdas/spine/kernel/execution/commit-size.ts';
import { packState } from '../../../lambdas/spine/kernel/execution/state-rider.ts';
import { type Shelf, shelf } from './shelf.ts';

const quantityOf = (order: number): number => 1 + (order % 3);

it('has 1,000,000 open reservations in streams of which none grows beyond its limit', { timeout: 120_000 }, () => {
  const OPEN = 1_000_000;
  const stock = shelf();
  stock.receive(2 * OPEN + 100);
  let reserved = 0;
  let refused = 0;
  for (let order = 0; order < OPEN; order += 1) {
    const quantity = quantityOf(order);
    if (!stock.reserve(ulidOf(order), quantity)) refused += 1;
    reserved += quantity;
    if (order % 2_000 === 0) stock.forgetFull();
  }
  expect(refused).toBe(0);
  expect(stock.free()).toBe(2 * OPEN + 100 - reserved);
  expect(stock.mostReservations()).toBe(MAX_RESERVATIONS);
  expect(stock.head().active.length).toBeLessThanOrEqual(MAX_ACTIVE);
  expect(stock.head().opened).toBeLessThan((1.05 * OPEN) / MAX_RESERVATIONS);
  expect(stock.mostTries()).toBeLessThanOrEqual(4);
  expect(stock.commitsFor(OPEN)).toBeLessThan(1.3);
  expect(bytesOfFullStream(stock)).toBeLessThanOrEqual(UNIT_IN_BYTES);
});

it('refuses nothing that is there, over however many streams it lies, and nothing more', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('reserve' as const), quantity: fc.integer({ min: 1, max: 9 }) }),
    fc.record({ do: fc.constant('receive' as const), quantity: fc.integer({ min: 1, max: 40 }) }),
    fc.record({ do: fc.constant('open' as const), quantity: fc.integer({ min: 1, max: 6 }) }),
    fc.record({ do: fc.constantFrom('release' as const, 'ship' as const), quantity: fc.nat(200) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200, size: 'max' }), (steps) => {
      const stock = shelf();
      const open = new Map<string, number>();
      let available = 0;
      const act = {
        receive(quantity: number) {
          stock.receive(quantity);
          available += quantity;
        },
        open: (streams: number) => stock.open(streams),
        reserve(quantity: number) {
          const orderId = `O${stock.commits()}`;
          expect(stock.reserve(orderId, quantity)).toBe(quantity <= available);
          if (quantity > available) return;
          open.set(orderId, quantity);
          available -= quantity;
        },
        release: (pick: number) => end('release', pick),
        ship: (pick: number) => end('ship', pick),
      };
      const end = (how: 'release' | 'ship', pick: number) => {
        const [orderId, quantity] = [...open][pick % Math.max(1, open.size)] ?? [];
        if (orderId === undefined || quantity === undefined) return;
        stock.end(how, orderId);
        open.delete(orderId);
        if (how === 'release') available += quantity;
      };
      for (const { do: what, quantity } of steps) {
        act[what](quantity);
        expect(stock.free()).toBe(available);
      }
    }),
  );
});

it('asks one stream and writes nothing to refuse an order, once it has seen that nothing is left', () => {
  const stock = shelf();
  stock.receive(500);
  stock.open(16);
  for (let order = 0; order < 500; order += 1) expect(stock.reserve(`O${order}`, 1)).toBe(true);
  expect(stock.reserve('first refused', 1)).toBe(false);
  const written = stock.commits();
  for (let order = 0; order < 100; order += 1) expect(stock.reserve(`late-${order}`, 1)).toBe(false);
  expect(stock.commits()).toBe(written);
});

it('finds again what was released in a stream that is closed', () => {
  const stock = shelf();
  stock.receive(3 * MAX_RESERVATIONS);
  for (let order = 0; order < 3 * MAX_RESERVATIONS; order += 1) stock.reserve(`O${order}`, 1);
  expect(stock.reserve('refused', 1)).toBe(false);
  for (const order of [0, MAX_RESERVATIONS + 1, 2 * MAX_RESERVATIONS + 1]) stock.end('release', `O${order}`);
  expect(stock.reserve('all three', 3)).toBe(true);
});

it('uses streams again that are used up, so that their number follows what is open and not what was ever sold', () => {
  const stock = shelf();
  stock.receive(100_000);
  const open: string[] = [];
  for (let order = 0; order < 20_000; order += 1) {
    stock.reserve(`O${order}`, 1);
    open.push(`O${order}`);
    if (open.length > 10 * MAX_RESERVATIONS) stock.end('ship', open.shift() ?? '');
  }
  expect(stock.head().opened).toBeLessThan(60);
});

/** 26 characters, of which 16 are as good as random. */
function ulidOf(order: number): string {
  let hash = Math.imul(order + 1, 0x9e3779b1) >>> 0;
  const characters = Array.from({ length: 16 }, () => {
    hash = (Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) + 0x297a2d39) >>> 0;
    return '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[hash >>> 27];
  });
  return `01K9XJ${String(order % 10_000).padStart(4, '0')}${characters.join('')}`;
}

/** Of the commit that takes a stream's last reservation, with its state riding along. */
function bytesOfFullStream(stock: Shelf): number {
  const orderId = '01K9XJ6T5N3V8Q2R7W4Y1Z0B6C';
  return commitBytes({
    ...{ stream: 'stock-WALNUT-DESK.31250', version: 12_345, id: '01K9XJ6T5N3V8Q2R7W4Y1Z0B6D' },
    ...{ time: '2026-11-24T09:30:00.000Z', correlationId: '01K9XJ6T5N3V8Q2R7W4Y1Z0B6E' },
    causationId: `fulfilment-${orderId}@1`,
    events: [{ type: 'StockReserved', schemaVersion: '1.0.0', data: { orderId, quantity: 1 } }],
    riders: { state: packState({ generation: 1 }, stock.someFull()) },
  });
}
