// The streams of one product's stock, driven by decider and plan as the escrow drives them, one step after the other.
import { MAX_RESERVATIONS, type StockCommand, stockDecider } from '../../../lambdas/shop/stock/decider.ts';
import { allotmentOf, firstStream, type Room, roomAtSight, roomFor } from '../../../lambdas/shop/stock/room.ts';
import { freeOf, type PendingTransfer, reservationOf, type StockState } from '../../../lambdas/shop/stock/state.ts';
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

  const complete = (transfers: readonly PendingTransfer[]) =>
    transfers.map(({ id, stream, quantity }) => {
      if (quantity === undefined) decide(stream, { type: 'ReturnStock', transfer: id });
      else decide(stream, { type: 'TakeAllotment', transfer: id, quantity });
      return { transfer: id, returned: at(stream).state.done.returned };
    });

  const settle = () => decide(0, { type: 'SettleTransfers', settled: complete(head().transfers) });

  const fresh = (): number => {
    const candidate = 1 + (at(0).version % Math.max(1, head().opened));
    const isUsedUp = streams.has(candidate) && at(candidate).state.reservations.length <= MAX_RESERVATIONS / 4;
    const isBusy = [...head().active, ...head().transfers.map(({ stream }) => stream)].includes(candidate);
    return isUsedUp && !isBusy ? candidate : head().opened + 1;
  };

  const move = ({ recall, allot }: Extract<Room, { kind: 'move' }>): number | undefined => {
    const to = allot?.to === 'fresh' ? fresh() : allot?.to;
    const allotted = allot && to !== undefined && { allot: { to, quantity: allot.quantity } };
    const streams = [...recall, to];
    const due = head().transfers.filter(({ stream, quantity }) => streams.includes(stream) || quantity === undefined);
    decide(0, { type: 'MoveStock', settled: complete(due), recall, ...allotted });
    complete(head().transfers.filter(({ quantity }) => quantity === undefined));
    return to;
  };

  const makeRoom = (orderId: string, quantity: number, tried: number, allotted: number): number | undefined => {
    const wanted = { orderId, seat: orderId, quantity };
    const refused = { stream: tried, isFull: freeOf(at(tried).state) >= quantity, allotted };
    const atSight = roomAtSight(wanted, refused, head());
    if (!atSight) settle();
    const active = new Map(head().active.map((stream) => [stream, at(stream).state]));
    const room = atSight ?? roomFor(wanted, head(), active);
    if (room.kind === 'none') return undefined;
    return room.kind === 'stream' ? room.stream : (move(room) ?? makeRoom(orderId, quantity, tried, allotted));
  };

  return {
    head,
    commits: () => commits,
    commitsFor: (orders: number) => commits / orders,
    mostReservations: () => mostReservations,
    mostTries: () => mostTries,
    someFull: (): StockState => full ?? head(),
    /** With what is on its way. */
    free: () => {
      const onItsWay = head().transfers.map(({ id, stream, quantity }) => {
        const { done } = at(stream).state;
        if (quantity === undefined) return done.id === id ? done.returned : 0;
        return done.id < id ? quantity : 0;
      });
      const inStreams = [...streams.values()].map(({ state }) => freeOf(state));
      return [...inStreams, ...onItsWay].reduce((sum, free) => sum + free, forgottenFree);
    },
    receive: (quantity: number) => decide(0, { type: 'ReceiveStock', sku: 'A', quantity, isListed: true }),
    open: (count: number) => {
      decide(0, { type: 'OpenStreams', sku: 'A', streams: count, isListed: true });
    },
    reserve(orderId: string, quantity: number): boolean {
      let stream: number | undefined = firstStream(orderId, head().active);
      for (let tries = 1; stream !== undefined; tries += 1) {
        mostTries = Math.max(mostTries, tries);
        const allotted = allotmentOf(head(), stream);
        if (decide(stream, { type: 'ReserveStock', orderId, quantity, allotted })) return true;
        stream = makeRoom(orderId, quantity, stream, allotted?.transfer ?? 0);
      }
      return false;
    },
    end(how: 'release' | 'ship', orderId: string): void {
      const [stream] = [...streams].find(([, { state }]) => reservationOf(state, orderId)) ?? [0];
      decide(stream, { type: how === 'release' ? 'ReleaseStock' : 'ShipStock', orderId });
      if (stream === 0 || head().active.includes(stream) || freeOf(at(stream).state) === 0) return;
      settle();
      if (freeOf(at(stream).state) === 0) return;
      decide(0, { type: 'MoveStock', recall: [stream] });
      settle();
    },
    /** Makes room for the test itself: streams that are full and closed, with nothing free, are of no further interest. */
    forgetFull(): void {
      for (const [stream, { state }] of streams) {
        const isBusy =
          head().active.includes(stream) || head().transfers.some((transfer) => transfer.stream === stream);
        if (stream === 0 || isBusy) continue;
        forgottenFree += freeOf(state);
        streams.delete(stream);
      }
    },
  };
}
