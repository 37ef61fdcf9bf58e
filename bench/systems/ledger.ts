// The domain that every system runs: an account that takes postings. Small on purpose: what is measured is what lies beneath.

export interface Posting {
  readonly amount: number;
  /** As long as what a shop's events say. */
  readonly reference: string;
}

export interface Account {
  readonly balance: number;
  readonly postings: number;
}

export const newAccount: Account = { balance: 0, postings: 0 };

export const post = ({ balance, postings }: Account, { amount }: Posting): Account => ({
  balance: balance + amount,
  postings: postings + 1,
});

/** One command: some postings, under a key. */
export interface Command {
  /** The client's `Idempotency-Key`. Peers that know none keep it with the event. */
  readonly key: string;
  readonly postings: readonly Posting[];
}

export const commandOf = (number: number, events: number): Command => ({
  key: `7d9f1c3a-5b2e-4f60-8a91-${String(number).padStart(12, '0')}`,
  postings: Array.from({ length: events }, (_, at) => ({
    amount: 1 + ((number + at) % 90),
    reference: `01JDKQ8Z5RM3W6T7VB9X${String(number % 1_000_000).padStart(6, '0')}`,
  })),
});
