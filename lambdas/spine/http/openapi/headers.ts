// The headers of requests and answers, as components of the document.
import { securityHeaders } from '../../bindings/security-headers.ts';
import { type JsonSchema, ref } from './schemas.ts';

const header = (description: string, schema: JsonSchema = { type: 'string' }) => ({ description, schema });

const visible = { type: 'string', pattern: '^[!-~]{1,128}$', minLength: 1, maxLength: 128 };
const etag = { type: 'string', pattern: '^(W/)?"[!#-~]+"$' };
const seconds = { type: 'integer', minimum: 0 };

const security = Object.fromEntries(
  Object.keys(securityHeaders).map((name) => [inTitleCase(name), header('Tells browsers how to protect the reader')]),
);

function inTitleCase(name: string): string {
  return name.replaceAll(/(^|-)\w/g, (start) => start.toUpperCase());
}

const others = {
  'X-Correlation-Id': header('The request’s own id, or the one that was made for it', visible),
  'X-Cache': header('Behind an edge: Hit, Miss, RefreshHit or Error from cloudfront'),
  Age: header('Behind an edge: seconds since it got the answer', seconds),
  'Cache-Control': header('RFC 9111'),
  Vary: header('The headers of a request, beside its address, that decide the answer'),
  'Access-Control-Allow-Origin': header('For pages of the stage’s origins'),
  'Access-Control-Expose-Headers': header('For pages of the stage’s origins: the headers that they may read'),
  'Content-Encoding': header('Behind an edge, for clients that accept it: gzip or br'),
  ETag: header('The version of what is shown, or a digest of it; weak where an edge has compressed it', etag),
  'Last-Modified': header(
    'Stands for the generation of what is shown; absent for the first. Send it back with the tag',
  ),
  'Consistency-Token': header('<stream>@<version>; give it to a query as consistentWith', {
    type: 'string',
    pattern: '^[a-z]+-.+@[1-9][0-9]*$',
  }),
  'Idempotency-Replayed': header('An earlier request with this key did it', { type: 'string', const: 'true' }),
  Location: header('The path of what was created', { type: 'string', format: 'uri-reference' }),
  'Retry-After': header('Seconds', seconds),
  'WWW-Authenticate': header('The authentication scheme to use', {
    type: 'string',
    enum: ['Bearer'],
  }),
  'Accept-Encoding': header('The codings that a body may have', { type: 'string', const: 'identity' }),
};

/** @param challenges what `WWW-Authenticate` may name beside a bearer's token */
export const answerHeaderComponents = (challenges: readonly string[] = []) => {
  const { 'WWW-Authenticate': authenticate } = others;
  const schema = { type: 'string', enum: ['Bearer', ...challenges] };
  return { ...security, ...others, 'WWW-Authenticate': { ...authenticate, schema } };
};

export type HeaderName = keyof typeof others;

const everywhere = [
  ...Object.keys(security),
  'X-Correlation-Id',
  'X-Cache',
  'Cache-Control',
  'Vary',
  'Access-Control-Allow-Origin',
  'Access-Control-Expose-Headers',
];

/** References to the headers of an answer: those of every answer, and its own. */
export const answerHeaders = (...own: readonly HeaderName[]) =>
  Object.fromEntries([...everywhere, ...own].map((name) => [name, ref(`headers/${name}`)]));

const parameter = (name: string, description: string, schema: JsonSchema, example?: string) => ({
  name,
  in: 'header',
  description,
  schema,
  ...(example !== undefined && { example }),
});

export const headerParameters = {
  CorrelationId: parameter(
    'X-Correlation-Id',
    'Names the request in answers, logs and every event that follows; made if absent',
    visible,
  ),
  IdempotencyKey: parameter(
    'Idempotency-Key',
    'A request with the same key and payload is done once; keys are remembered for 24 hours at least',
    visible,
  ),
  IfMatch: parameter(
    'If-Match',
    'The versions at which the command may be done (RFC 9110): strong tags in a list, or * for any',
    {
      anyOf: [
        { type: 'string', const: '*' },
        { type: 'string', pattern: '^"[0-9]+"(, ?"[0-9]+")*$' },
      ],
    },
    '"1"',
  ),
  IfNoneMatch: parameter('If-None-Match', 'Tags of the answers that the caller has already', { type: 'string' }, '"1"'),
  IfModifiedSince: parameter(
    'If-Modified-Since',
    'Last-Modified of the answer that the caller has already, where it had one',
    { type: 'string' },
    'Wed, 01 Jan 2025 00:00:01 GMT',
  ),
};
