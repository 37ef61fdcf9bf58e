// Entity tags as requests name them (RFC 9110, sections 8.8.3 and 13.1).

/** `*`, or the tags in the order in which they came. */
export type EntityTags = '*' | readonly string[];

const TAG = /(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/;
const LIST = new RegExp(`^(?:[ \\t]*,)*[ \\t]*${TAG.source}(?:[ \\t]*,(?:[ \\t]*${TAG.source})?)*[ \\t]*$`);
const EACH_TAG = new RegExp(TAG.source, 'g');

/** @returns undefined for what is neither `*` nor a list of tags */
export function entityTags(header: string): EntityTags | undefined {
  if (header.trim() === '*') return '*';
  return LIST.test(header) ? (header.match(EACH_TAG) ?? []) : undefined;
}

const VERSION = /^"([1-9]\d{0,14})(?:\.\d{1,9})?"$/;

/** The versions that the strong tags name: `"5"`, and `"5.2"` of a projection's second generation. Others name none of ours. */
export const versionsOf = (tags: readonly string[]): number[] =>
  tags.flatMap((tag) => VERSION.exec(tag)?.[1] ?? []).map(Number);

/** By the weak comparison: an edge that compresses an answer weakens its tag to `W/"5"`. */
export function isAmong(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = ifNoneMatch === undefined ? undefined : entityTags(ifNoneMatch);
  if (tags === undefined || tags === '*') return tags === '*';
  return tags.some((tag) => opaque(tag) === opaque(etag));
}

const opaque = (tag: string): string => tag.replace(/^W\//, '');
