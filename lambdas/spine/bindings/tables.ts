// Key attributes that tables and adapters share. They are a storage format: a change needs a migration.

/** The event table: one item a commit, sorted by the version of its first event. */
export const eventTableKey = { partition: 'stream', sort: 'version' } as const;

/** Every read table: one item a stream, under the key of the view that shows it. */
export const readTableKey = { partition: 'view', sort: 'stream' } as const;

/** The table of budgets: one item a budget. */
export const budgetTableKey = { partition: 'budget' } as const;

/**
 * The table of operations. An item's kind is what its partition begins with, up to the first `#`: each kind's own code says what
 * comes after that. `expiresAt`, in seconds since 1970, ends what is over.
 */
export const operationsTableKey = { partition: 'subject', sort: 'item', expiry: 'expiresAt' } as const;

/** The partition of the notes of a subscriber's dead letters; the sort key is the id of the message. */
export const deadLettersOf = (subscriber: string): string => `dead-letter#${subscriber}`;
