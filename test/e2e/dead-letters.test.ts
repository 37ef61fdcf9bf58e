// A poison event in one subscriber, among others in the same messages: its stream is parked there and nothing else is, it is shown, and a
// fixed deployment with one redrive heals it.
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import type { OrderBody, StatusBody } from '../support/contract-bodies.ts';
import { type Eventspine, newDataDirectory, startEventspine } from '../support/eventspine.ts';
import { untilIdle } from '../support/idle.ts';
import { type Crowd, gatherCrowd, type Placement, placeOrders } from '../support/load.ts';
import { ops } from '../support/ops.ts';
import { poisonedVersion } from '../support/poisoned-version.ts';
import { signInStaff } from '../support/sign-in.ts';
import { onLocalHost } from '../support/target.ts';

const { test } = onLocalHost;

/** `POISON_ORDERS=1000` is the full size. */
const ORDERS = Number(process.env['POISON_ORDERS'] ?? 16);
/** Five deliveries, 10 s after each other. */
const PARKED_WITHIN_MILLIS = 90_000 + 20 * ORDERS;
const POISON = 'Poison';

interface Listed {
  readonly deadLetters: readonly {
    readonly id: string;
    readonly subscriber: string;
    readonly streams: readonly { readonly stream: string; readonly version?: number }[];
    readonly error: { readonly code: string; readonly message: string };
    readonly attempts: number;
  }[];
}

let dataDirectory: string;
let poisoned: string;
let host: Eventspine;
let crowd: Crowd;
let placed: readonly Placement[];

const anyone = () => new ApiClient(host.url);
const listed = async () => (await ops(anyone(), 'dead-letters')) as unknown as Listed;
const shown = async (staff: ApiClient, { orderId }: Placement) =>
  (await staff.get<OrderBody>(`/orders/${orderId}`)).body;

beforeAll(async () => {
  dataDirectory = await newDataDirectory();
  poisoned = await poisonedVersion(POISON);
  host = await startEventspine(dataDirectory, {}, [], poisoned);
}, 180_000);

afterAll(async () => {
  await host.kill();
  await Promise.all([dataDirectory, poisoned].map((folder) => rm(folder, { recursive: true })));
});

test(
  'a poison event parks its stream in that subscriber and nothing else, and is shown',
  async () => {
    crowd = await gatherCrowd(anyone());
    placed = await placeOrders(crowd, ORDERS, (order) => order());
    await untilIdle(anyone(), PARKED_WITHIN_MILLIS);
    const staff = await signInStaff(anyone());
    const [poison, ...others] = placed as [Placement, ...Placement[]];
    await Promise.all([
      staff.post(`/orders/${poison.orderId}/cancel`, { reason: POISON }),
      ...others.map(({ orderId }) => staff.post(`/orders/${orderId}/cancel`, { reason: 'Enough' })),
    ]);
    await expect
      .poll(async () => (await listed()).deadLetters.length, { timeout: PARKED_WITHIN_MILLIS })
      .toBeGreaterThan(0);
    await untilIdle(anyone(), PARKED_WITHIN_MILLIS);
    const { deadLetters } = await listed();
    // The cancellation, the refund that follows it where that came in another message, and what the audit told of them meanwhile.
    expect(deadLetters.length).toBeLessThanOrEqual(4);
    for (const letter of deadLetters) {
      expect(letter).toMatchObject({
        ...{ subscriber: 'order-detail', attempts: 5, streams: [{ stream: `order-${poison.orderId}` }] },
        error: { code: 'error', message: 'It is poison' },
      });
    }
    const parked = { name: 'order-detail', deadLetters: deadLetters.length };
    const { queues } = (await anyone().get<StatusBody>('/local/status')).body;
    expect(queues.filter((queue) => queue.deadLetters > 0)).toMatchObject([parked]);
    expect((await shown(staff, poison)).status).not.toBe('cancelled');
    for (const other of others) expect((await shown(staff, other)).status).toBe('cancelled');
    expect(await ops(anyone(), 'pipeline')).toMatchObject({
      hops: expect.arrayContaining([expect.objectContaining(parked)]),
    });
  },
  3 * PARKED_WITHIN_MILLIS,
);

test('a fixed deployment and one redrive heal it, and nothing is left to be shown', async () => {
  await host.stop();
  host = await startEventspine(dataDirectory);
  const staff = await signInStaff(anyone());
  const [poison] = placed as [Placement];
  expect((await shown(staff, poison)).status).not.toBe('cancelled');
  const { deadLetters } = await listed();
  expect(await ops(anyone(), 'redrive', 'order-detail')).toEqual({ redriven: deadLetters.length, left: 0 });
  await untilIdle(anyone(), PARKED_WITHIN_MILLIS);
  expect(await shown(staff, poison)).toMatchObject({ status: 'cancelled', cancellation: { reason: POISON } });
  expect(await listed()).toEqual({ deadLetters: [] });
}, 120_000);
