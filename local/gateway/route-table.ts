// Which route answers a request, with the precedence of an HTTP API: an exact path before one with parameters, these before
// a greedy one, a named method before ANY, and `$default` last.

export interface RoutePattern {
  /** As API Gateway spells it: `POST /books/{bookId}`, `ANY /files/{path+}` or `$default`. */
  readonly key: string;
}

export interface RouteMatch<Route> {
  readonly route: Route;
  /** Decoded, by name. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

export type MatchRoute<Route> = (method: string, path: string) => RouteMatch<Route> | undefined;

interface Compiled<Route> {
  readonly route: Route;
  readonly method: string;
  readonly segments: readonly Segment[];
}

interface Segment {
  readonly kind: 'literal' | 'parameter' | 'greedy';
  readonly text: string;
}

const precedence = { literal: 0, parameter: 1, greedy: 2 } as const;

/** @throws Error for a route key that is not well formed, or that is listed twice. */
export function routeTable<Route extends RoutePattern>(routes: readonly Route[]): MatchRoute<Route> {
  const keys = routes.map(({ key }) => key);
  const repeated = keys.find((key, index) => keys.indexOf(key) !== index);
  if (repeated !== undefined) throw new Error(`Each route key must be listed once: ${repeated}`);
  const fallback = routes.find(({ key }) => key === '$default');
  const compiled = routes.filter(({ key }) => key !== '$default').map(compile);
  compiled.sort(byPrecedence);
  return (method, path) => {
    const segments = path.split('/').slice(1);
    for (const candidate of compiled) {
      if (candidate.method !== 'ANY' && candidate.method !== method) continue;
      const pathParameters = parametersOf(candidate.segments, segments);
      if (pathParameters !== undefined) return { route: candidate.route, pathParameters };
    }
    return fallback && { route: fallback, pathParameters: {} };
  };
}

function compile<Route extends RoutePattern>(route: Route): Compiled<Route> {
  const [, method, path] = /^([A-Z]+) \/(\S*)$/.exec(route.key) ?? [];
  if (method === undefined || path === undefined)
    throw new Error(`A route key must be "<METHOD> /<path>" or "$default", got "${route.key}"`);
  return { route, method, segments: path.split('/').map(segmentOf) };
}

function segmentOf(text: string): Segment {
  const [, name, plus] = /^\{([\w.-]+)(\+)?\}$/.exec(text) ?? [];
  if (name === undefined) return { kind: 'literal', text };
  return { kind: plus === undefined ? 'parameter' : 'greedy', text: name };
}

function byPrecedence(one: Compiled<RoutePattern>, other: Compiled<RoutePattern>): number {
  for (const [index, segment] of one.segments.entries()) {
    const counterpart = other.segments[index];
    if (counterpart === undefined) break;
    const difference = precedence[segment.kind] - precedence[counterpart.kind];
    if (difference !== 0) return difference;
  }
  const byLength = one.segments.length - other.segments.length;
  return byLength === 0 ? Number(one.method === 'ANY') - Number(other.method === 'ANY') : byLength;
}

function parametersOf(
  pattern: readonly Segment[],
  segments: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, { kind, text }] of pattern.entries()) {
    const segment = segments[index];
    if (segment === undefined) return undefined;
    if (kind === 'greedy') {
      parameters[text] = decode(segments.slice(index).join('/'));
      return parameters;
    }
    if (kind === 'literal' ? segment !== text : segment === '') return undefined;
    if (kind === 'parameter') parameters[text] = decode(segment);
  }
  return segments.length === pattern.length ? parameters : undefined;
}

/** A malformed escape stays as it was sent. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
