// Which methods a path has (RFC 9110, section 10.2.1).

/** As API Gateway spells it: `GET /loans/{loanId}`. */
interface Keyed {
  readonly key: string;
}

/** @returns none for a path that no route has */
export const methodsAt = (routes: readonly Keyed[], path: string): string[] =>
  routes.flatMap(({ key }) => {
    const [method = '', pattern] = key.split(' ');
    return pattern !== undefined && fits(pattern.split('/'), path.split('/')) ? [method] : [];
  });

const fits = (pattern: readonly string[], segments: readonly string[]): boolean =>
  pattern.length === segments.length &&
  pattern.every((part, index) => (part.startsWith('{') ? segments[index] !== '' : part === segments[index]));

/** The value of `Allow`; OPTIONS is answered wherever there is anything. */
export const allowHeader = (methods: readonly string[]): string =>
  [...new Set([...methods, 'OPTIONS'])].toSorted().join(', ');
