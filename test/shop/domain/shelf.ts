// The streams of one product's stock, driven by decider and plan as the escrow drives them, one step after the other.
import { MAX_RESERVATIONS, type StockCommand, stockDecider } from '../../../lambdas/shop/stock/decider.ts';
import { firstStream, type Room, roomAtSight, roomFor } from '../../../lambdas/shop/stock/room.ts';
import { freeOf, reservationOf, type StockState } from '../../../lambdas/shop/stock/state.ts';
import type { RecordedEvent } from '../../../lambdas/spine/kernel/envelope.ts';

export type Shelf = ReturnType<typeof shelf>;

export function shelf() {
  const streams = new Map<number, { state: StockState; version: number }>();
  let commits = 0;
  let mostReservations = 0;
  let mostTries = 0;
  let full: StockState | undefined;
  let forgottenFree = 0;
  const at = (stream: number) => streams.get(stream) ?? { state: stockDecider.initialState, version: 0 };
  const head = () => at(0).state;

  const decide = (stream: number, command: StockCommand): boolean => {
    let { state, version } = at(stream);
    const decision = stockDecider.decide(command, state);
    if (decision.kind === 'rejected') return false;
    if (decision.events.length > 0) commits += 1;
    for (const event of decision.events) {
      version += 1;
      state = stockDecider.evolve(state, { ...event, version } as RecordedEvent<typeof event>);
    }
    const open = state.reservations.length;
    mostReservations = Math.max(mostReservations, open);
    if (open === MAX_RESERVATIONS) full = state;
    streams.set(stream, { state, version });
    return true;
  };

  const settle = () => {
    const settled = head().transfers.map(({ id, stream, quantity }) => {
      if (quantity === undefined) decide(stream, { type: 'ReturnStock', transfer: id });
      else decide(stream, { type: 'TakeAllotment', transfer: id, quantity });
      return { transfer: id, returned: at(stream).state.done.returned };
    });
    decide(0, { type: 'SettleTransfers', settled });
  };

  const fresh = (): number => {
    const candidate = 1 + (at(0).version % Math.max(1, head().opened));
    const isUsedUp = streams.has(candidate) && at(candidate).state.reservations.length <= MAX_RESERVATIONS / 4;
    return isUsedUp && !head().active.includes(candidate) ? candidate : head().opened + 1;
  };

  const move = ({ recall, allot }: Extract<Room, { kind: 'move' }>): number | undefined => {
    const to = allot?.to === 'fresh' ? fresh() : allot?.to;
    const allotted = allot && to !== undefined && { allot: { to, quantity: allot.quantity } };
    decide(0, { type: 'MoveStock', recall, ...allotted });
    settle();
    return to;
  };

  const makeRoom = (orderId: string, quantity: number, tried: number): number | undefined => {
    const wanted = { orderId, quantity };
    const refused = { stream: tried, isFull: freeOf(at(tried).state) >= quantity };
    const active = new Map(head().active.map((stream) => [stream, at(stream).state]));
    const room = roomAtSight(wanted, refused, head()) ?? roomFor(wanted, head(), active);
    if (room.kind === 'none') return undefined;
    return room.kind === 'stream' ? room.stream : (move(room) ?? makeRoom(orderId, quantity, tried));
  };

  return {
    head,
    commits: () => commits,
    commitsFor: (orders: number) => commits / orders,
    mostReservations: () => mostReservations,
    mostTries: () => mostTries,
    someFull: (): StockState => full ?? head(),
    free: () => forgottenFree + [...streams.values()].reduce((sum, { state }) => sum + freeOf(state), 0),
    receive: (quantity: number) => decide(0, { type: 'ReceiveStock', sku: 'A', quantity, isListed: true }),
    open: (count: number) => {
      decide(0, { type: 'OpenStreams', sku: 'A', streams: count, isListed: true });
      settle();
    },
    reserve(orderId: string, quantity: number): boolean {
      let stream: number | undefined = firstStream(orderId, head().active);
      for (let tries = 1; stream !== undefined; tries += 1) {
        mostTries = Math.max(mostTries, tries);
        if (decide(stream, { type: 'ReserveStock', orderId, quantity })) return true;
        stream = makeRoom(orderId, quantity, stream);
      }
      return false;
    },
    end(how: 'release' | 'ship', orderId: string): void {
      const [stream] = [...streams].find(([, { state }]) => reservationOf(state, orderId)) ?? [0];
      decide(stream, { type: how === 'release' ? 'ReleaseStock' : 'ShipStock', orderId });
      if (stream === 0 || head().active.includes(stream) || freeOf(at(stream).state) === 0) return;
      decide(0, { type: 'MoveStock', recall: [stream] });
      settle();
    },
    /** Makes room for the test itself: streams that are full and closed, with nothing free, are of no further interest. */
    forgetFull(): void {
      for (const [stream, { state }] of streams) {
        if (stream === 0 || head().active.includes(stream)) continue;
        forgottenFree += freeOf(state);
        streams.delete(stream);
      }
    },
  };
}
