// How CloudFront finds the cache behaviour of a path.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html

const wildcards: Readonly<Record<string, string>> = { '*': '.*', '?': '.' };

/** @param pattern `*` stands for any characters or none, `?` for exactly one; case counts, a slash in front does not */
export function pathMatcher(pattern: string): (path: string) => boolean {
  const rooted = pattern.startsWith('/') || pattern.startsWith('*') ? pattern : `/${pattern}`;
  const source = rooted.replaceAll(/[^\w/]/g, (character) => wildcards[character] ?? `\\${character}`);
  const expression = new RegExp(`^${source}$`, 's');
  return (path) => expression.test(path);
}

/**
 * The path that behaviours are looked up by: without dot segments, and without escapes where none is needed (RFC 3986, section 6.2.2).
 * The origin gets the path as it was sent.
 */
export function normalisedPath(path: string): string {
  const unescaped = path.replaceAll(/%[0-9a-f]{2}/gi, (octet) => {
    const character = String.fromCharCode(Number.parseInt(octet.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : octet.toUpperCase();
  });
  const segments: string[] = [];
  for (const segment of unescaped.split('/').slice(1)) {
    if (segment === '..') segments.pop();
    else if (segment !== '.') segments.push(segment);
  }
  const endsInDots = /\/\.{1,2}$/.test(unescaped);
  return `/${segments.join('/')}${endsInDots && segments.length > 0 ? '/' : ''}`;
}
