// Which answers the edge keeps under which key, by CloudFront's path patterns, which follow from the routes.
import type { Route } from '../../../lambdas/spine/manifest/routes.ts';

export type EdgeCachingKind = NonNullable<Route['kept']>;

interface ReadRoute {
  readonly path: string;
  readonly kept: EdgeCachingKind | undefined;
}

/**
 * A path's first segment whose answers are all kept alike has one pattern; others have one for each route, the more particular first:
 * CloudFront takes the first that matches, and its `*` goes beyond a slash
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern).
 * @returns the caching by pattern, in the order in which they are to be tried
 */
export function cachingByPath(routes: readonly Route[]): Readonly<Record<string, EdgeCachingKind>> {
  const reads = routes
    .filter(({ key }) => key.startsWith('GET '))
    .map(({ key, kept }): ReadRoute => ({ path: key.slice('GET '.length), kept }));
  const groups = Map.groupBy(reads, ({ path }) => firstSegment(path));
  const literals = [...groups.keys()].filter((segment) => !isParameter(segment));
  const patterns = [...groups].flatMap(([segment, group]) => {
    const isAmbiguous = literals.some((other) => other !== segment && other.startsWith(segment));
    return isParameter(segment) ? ownPatterns(group) : patternsOf(segment, group, isAmbiguous);
  });
  return Object.fromEntries(patterns.toSorted(([one], [other]) => literalsIn(other) - literalsIn(one)));
}

type PatternEntry = readonly [pattern: string, kind: EdgeCachingKind];

/** @param isAmbiguous whether `/<segment>*` would match what another group has */
function patternsOf(segment: string, group: readonly ReadRoute[], isAmbiguous: boolean): PatternEntry[] {
  const [kind, ...others] = [...new Set(group.map(({ kept }) => kept))];
  if (others.length > 0) return ownPatterns(group);
  if (kind === undefined) return [];
  const hasRoot = group.some(({ path }) => path === `/${segment}`);
  const isDeep = group.some(({ path }) => path !== `/${segment}`);
  if (hasRoot && isDeep && !isAmbiguous) return [[`/${segment}*`, kind]];
  return [...(hasRoot ? [[`/${segment}`, kind] as const] : []), ...(isDeep ? [[`/${segment}/*`, kind] as const] : [])];
}

const ownPatterns = (group: readonly ReadRoute[]): PatternEntry[] =>
  group.flatMap(({ path, kept }) => (kept === undefined ? [] : [[path.replaceAll(/\{[^}]+\}/g, '*'), kept] as const]));

const firstSegment = (path: string): string => path.split('/')[1] ?? '';
const isParameter = (segment: string): boolean => segment.startsWith('{');

/** The number of characters that a pattern requires: the more, the more specific. */
const literalsIn = (pattern: string): number => pattern.replaceAll('*', '').length;
