// What a store holds cannot be changed by whoever wrote or read it: as with a service, and without a copy for each reader.

/** A copy that stays as it is. */
export const frozenCopy = <Value>(value: Value): Value => frozen(structuredClone(value));

function frozen<Value>(value: Value): Value {
  // The elements of a view of bytes cannot be frozen (https://tc39.es/ecma262/#sec-object.freeze).
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  for (const each of Object.values(value)) frozen(each);
  return Object.freeze(value);
}
