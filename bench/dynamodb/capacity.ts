// What a request consumes, by AWS's rules. The emulator's own count differs: of transactions, for one.

const WRITE_UNIT_BYTES = 1024;
const READ_UNIT_BYTES = 4096;

const unitsOf = (bytes: number, unitBytes: number): number => Math.max(1, Math.ceil(bytes / unitBytes));

/**
 * Of one write, also of one whose condition failed: by the larger of the item before and after. In a transaction it counts twice.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html#write-operation-consumption
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithItems.html#WorkingWithItems.ConditionalUpdate
 */
export const writeUnits = (bytes: number): number => unitsOf(bytes, WRITE_UNIT_BYTES);

export const TRANSACTION_FACTOR = 2;

/**
 * Of one `GetItem` or one page of a `Query`, whose items are summed before they are rounded; an eventually consistent one counts half.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html#read-operation-consumption
 */
export const readUnits = (bytes: number, isConsistent: boolean): number =>
  unitsOf(bytes, READ_UNIT_BYTES) * (isConsistent ? 1 : 0.5);
