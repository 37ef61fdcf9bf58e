// What counts as text: any Unicode but NUL, at which some readers take text to end, and halves of surrogate pairs
// (JSON can spell them, `"\ud800"`), which no UTF-8 can hold. Everything else comes back as it was sent.

export const NO_TEXT = 'must be Unicode text without NUL and without half of a surrogate pair';

export const isText = (value: string): boolean => value.isWellFormed() && !value.includes('\0');

/** JSON Pointers (RFC 6901) to the strings inside the value that are no text. */
export function pointersToNoText(value: unknown, pointer = ''): string[] {
  const pointers: string[] = [];
  // With a list of its own, because a request decides how deep its body is.
  const left: (readonly [unknown, string])[] = [[value, pointer]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [each, at] = next;
    if (typeof each === 'string' && !isText(each)) pointers.push(at);
    if (typeof each !== 'object' || each === null) continue;
    for (const [key, child] of Object.entries(each)) left.push([child, `${at}/${escapePointer(key)}`]);
  }
  return pointers;
}

export const escapePointer = (key: PropertyKey): string => String(key).replaceAll('~', '~0').replaceAll('/', '~1');
