// The courses that seeded orders take: how they are paid, and what somebody does at which status.

export type OrderStatus = 'placed' | 'confirmed' | 'rejected' | 'cancelled' | 'shipped' | 'delivered';

export type Step = 'ship' | 'deliver' | 'cancel';

export interface Course {
  /** Of the sandbox provider. */
  readonly paymentToken: 'tok_ok' | 'tok_flaky' | 'tok_declined' | 'tok_silent';
  /** What is done at a status. At any other the order rests. */
  readonly steps: { readonly [Status in OrderStatus]?: Step | 'wait' };
  /** More than there is of the limited edition. */
  readonly isTooMany?: true;
}

const paid = { paymentToken: 'tok_ok' } as const;

const courses = {
  awaitingPayment: { paymentToken: 'tok_silent', steps: {} },
  confirmed: { ...paid, steps: { placed: 'wait' } },
  confirmedLate: { paymentToken: 'tok_flaky', steps: { placed: 'wait' } },
  shipped: { ...paid, steps: { placed: 'wait', confirmed: 'ship' } },
  delivered: { ...paid, steps: { placed: 'wait', confirmed: 'ship', shipped: 'deliver' } },
  refunded: { ...paid, steps: { placed: 'wait', confirmed: 'cancel' } },
  givenUp: { paymentToken: 'tok_silent', steps: { placed: 'cancel' } },
  declined: { paymentToken: 'tok_declined', steps: { placed: 'wait' } },
  soldOut: { ...paid, steps: { placed: 'wait' }, isTooMany: true },
} as const satisfies Record<string, Course>;

/** In turn, again and again; the first nine orders go each way once. */
const turns: readonly (keyof typeof courses)[] = [
  ...(['delivered', 'awaitingPayment', 'confirmed', 'shipped', 'declined'] as const),
  ...(['refunded', 'soldOut', 'givenUp', 'confirmedLate', 'delivered'] as const),
  ...(['shipped', 'delivered', 'confirmed', 'delivered', 'awaitingPayment'] as const),
  ...(['delivered', 'shipped', 'delivered', 'confirmed', 'delivered'] as const),
];

/** @param index of the order, from 0 */
export const courseOf = (index: number): Course => courses[turns[index % turns.length] ?? 'delivered'];
