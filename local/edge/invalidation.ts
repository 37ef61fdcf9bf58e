// What an invalidation names: the objects that carry a cache tag, or those at a path.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html

export type InvalidationItem =
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'path'; readonly path: string; readonly isPrefix: boolean };

export interface NamedObject {
  /** The path as it was requested, with the query if there is one. */
  readonly url: string;
  /** In lower case. */
  readonly tags: ReadonlySet<string>;
}

const tagItem = /^#(?<tag>[\x21-\x2b\x2d-\x7e]{1,256})$/;
const pathItem = /^\/?(?<path>[\x21\x22\x24-\x7e][\x21-\x7e]*)?$/;

/** @returns undefined for what is neither a tag (`#book-7`) nor a path (`/books/7`, `/books/*`) */
export function invalidationItem(text: string): InvalidationItem | undefined {
  const tag = tagItem.exec(text)?.groups?.['tag'];
  if (tag !== undefined) return { kind: 'tag', tag: tag.toLowerCase() };
  if (text === '' || !pathItem.test(text)) return undefined;
  const path = text.startsWith('/') ? text : `/${text}`;
  const isPrefix = path.endsWith('*');
  return { kind: 'path', path: isPrefix ? path.slice(0, -1) : path, isPrefix };
}

export function isNamed(object: NamedObject, item: InvalidationItem): boolean {
  if (item.kind === 'tag') return object.tags.has(item.tag);
  return item.isPrefix ? object.url.startsWith(item.path) : object.url === item.path;
}
