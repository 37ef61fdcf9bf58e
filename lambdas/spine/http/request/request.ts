// Checks a request against its operation's schemas, all parts at once, so that the caller learns every mistake in one go.
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import type { ExpectedVersions } from '../../kernel/execution/execute-command.ts';
import { entityTags, versionsOf } from '../caching/entity-tags.ts';
import { isCommand, type Operation } from '../operation.ts';
import { type FieldError, Problem, validationFailed } from '../problem.ts';
import { escapePointer, NO_TEXT, pointersToNoText } from './text.ts';

export const MAX_BODY_BYTES = 64 * 1024;

export interface RequestParts<Path, Query, Body> {
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
  readonly headers: Headers;
}

/** A parameter that is repeated is a list of its values, any other a string. */
type RawQuery = Readonly<Record<string, string | readonly string[]>>;

/** Finds mistakes that depend on more than the operation: on what the application has. */
export type QueryCheck = (query: RawQuery) => readonly FieldError[];

const VISIBLE = /^[\x21-\x7e]{1,128}$/;

/** Only commands read them, so that a query is answered the same by a cache that knows nothing of them. */
const commandHeaders = z.object({
  'idempotency-key': z.string().regex(VISIBLE, 'must be 1 to 128 visible characters').optional(),
  'if-match': z
    .string()
    .transform((header, context): ExpectedVersions => {
      const tags = entityTags(header);
      if (tags === undefined) {
        context.addIssue('must be * or a list of entity tags: "<version>" in double quotes, as ETag carries it');
        return z.NEVER;
      }
      return tags === '*' ? 'any' : versionsOf(tags);
    })
    .optional(),
});

const queryHeaders = z.object({ 'if-none-match': z.string().optional(), 'if-modified-since': z.string().optional() });

export type Headers = z.output<typeof commandHeaders> & z.output<typeof queryHeaders>;

const nothing = z.strictObject({});

/** @throws Problem 400, 413 or 415 */
export function parseRequest<Path extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  operation: Operation<Path, Query, Body>,
  event: APIGatewayProxyEventV2,
  check: QueryCheck = () => [],
): RequestParts<z.output<Path>, z.output<Query>, z.output<Body>> {
  const { body, errors: bodyErrors } = operation.body ? readJson(event) : { body: undefined, errors: [] };
  const query = readQuery(event.rawQueryString);
  const parts = {
    path: (operation.path ?? nothing).safeParse(event.pathParameters ?? {}),
    query: (operation.query ?? nothing).safeParse(query),
    headers: (isCommand(operation) ? commandHeaders : queryHeaders).safeParse(event.headers),
    body: (operation.body ?? z.undefined()).safeParse(body),
  };
  const errors = [
    ...bodyErrors,
    ...Object.entries(parts).flatMap(([part, { error }]) =>
      error && !(part === 'body' && bodyErrors.length > 0) ? fieldErrors(part, error) : [],
    ),
    ...check(query),
  ];
  if (errors.length > 0) throw validationFailed(errors);
  // Only now, when names and depth are the schema's: the pointers into anything else could be a thousand times as long as it.
  const noText = pointersToNoText({ path: event.pathParameters, query, body });
  if (noText.length > 0) throw validationFailed(noText.map((pointer) => ({ pointer, detail: NO_TEXT })));
  return {
    path: parts.path.data as z.output<Path>,
    query: parts.query.data as z.output<Query>,
    body: parts.body.data as z.output<Body>,
    headers: parts.headers.data ?? {},
  };
}

function readQuery(raw: string): RawQuery {
  const parameters = new URLSearchParams(raw);
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

/** The body as it was sent. */
export const bodyBytes = (event: APIGatewayProxyEventV2): Buffer =>
  Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');

function readJson(event: APIGatewayProxyEventV2): { body: unknown; errors: FieldError[] } {
  const bytes = bodyBytes(event);
  if (bytes.length > MAX_BODY_BYTES) {
    const detail = `A body has at most ${MAX_BODY_BYTES} bytes; this one has ${bytes.length}.`;
    throw new Problem(413, 'payload_too_large', detail);
  }
  checkEncoding(event.headers['content-encoding'] ?? '');
  checkMediaType(event.headers['content-type'] ?? '');
  try {
    return { body: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), errors: [] };
  } catch {
    return { body: undefined, errors: [{ pointer: '/body', detail: 'must be JSON in UTF-8' }] };
  }
}

/** RFC 9110, section 12.5.3: the answer says which codings would do. */
function checkEncoding(contentEncoding: string): void {
  const codings = contentEncoding.split(',').map((coding) => coding.trim().toLowerCase());
  if (codings.every((coding) => coding === '' || coding === 'identity')) return;
  const detail = `The body must come as it is, without a Content-Encoding; this one is ${contentEncoding}.`;
  throw new Problem(415, 'unsupported_media_type', detail, { headers: { 'accept-encoding': 'identity' } });
}

function checkMediaType(contentType: string): void {
  const [mediaType = '', ...parameters] = contentType
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.replaceAll(/^charset=|"/g, '');
  if (mediaType === 'application/json' && (charset ?? 'utf-8') === 'utf-8') return;
  const detail = `The body must be application/json in UTF-8; this one is ${contentType || 'without a Content-Type'}.`;
  throw new Problem(415, 'unsupported_media_type', detail);
}

const fieldErrors = (part: string, error: z.ZodError): FieldError[] =>
  error.issues.flatMap((issue) => {
    const at = (path: readonly PropertyKey[]) => ['', part, ...path.map(escapePointer)].join('/');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ pointer: at([...issue.path, key]), detail: 'is not known here' }));
    }
    return [{ pointer: at(issue.path), detail: issue.message }];
  });
