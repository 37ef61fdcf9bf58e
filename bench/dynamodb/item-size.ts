// The size of an item as AWS bills it: attribute names and values.
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type Item = Readonly<Record<string, AttributeValue>>;

/** Of every list and map. */
const DOCUMENT_BYTES = 3;
/** Of every element of a list and every entry of a map. */
const ELEMENT_BYTES = 1;

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
export const itemBytes = (item: Item): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + textBytes(name) + valueBytes(value), 0);

const textBytes = (text: string): number => Buffer.byteLength(text, 'utf8');

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return textBytes(value.S);
  if (value.N !== undefined) return numberBytes(value.N);
  if (value.B !== undefined) return value.B.byteLength;
  if (value.BOOL !== undefined || value.NULL !== undefined) return 1;
  if (value.SS !== undefined) return sum(value.SS, textBytes);
  if (value.NS !== undefined) return sum(value.NS, numberBytes);
  if (value.BS !== undefined) return sum(value.BS, ({ byteLength }) => byteLength);
  if (value.L !== undefined) return DOCUMENT_BYTES + sum(value.L, (element) => ELEMENT_BYTES + valueBytes(element));
  const entries = Object.entries(value.M ?? {});
  return DOCUMENT_BYTES + sum(entries, ([name, entry]) => ELEMENT_BYTES + textBytes(name) + valueBytes(entry));
}

/** "1 byte per two significant digits + 1 byte"; zeros at either end are not significant. */
function numberBytes(text: string): number {
  const digits = text
    .replace(/[eE].*$/, '')
    .replaceAll(/[^0-9]/g, '')
    .replaceAll(/^0+|0+$/g, '');
  return Math.ceil(digits.length / 2) + 1;
}

const sum = <Part>(parts: readonly Part[], bytes: (part: Part) => number): number =>
  parts.reduce((total, part) => total + bytes(part), 0);
