// The headers of requests and answers, as components of the document.
import { securityHeaders } from '../../bindings/security-headers.ts';
import { type JsonSchema, ref } from './schemas.ts';

const header = (description: string, schema: JsonSchema = { type: 'string' }) => ({ description, schema });

const visible = { type: 'string', pattern: '^[!-~]{1,128}$', minLength: 1, maxLength: 128 };
const etag = { type: 'string', pattern: '^(W/)?"[!#-~]+"$' };
const seconds = { type: 'integer', minimum: 0 };

const security = Object.fromEntries(
  Object.keys(securityHeaders).map((name) => [
    inTitleCase(name),
    header('For browsers: how they protect whoever reads the answer'),
  ]),
);

function inTitleCase(name: string): string {
  return name.replaceAll(/(^|-)\w/g, (start) => start.toUpperCase());
}

const others = {
  'X-Correlation-Id': header('The request’s own, or the one that it was given', visible),
  'X-Cache': header('Behind an edge: Hit, Miss, RefreshHit or Error from cloudfront'),
  Age: header('Behind an edge: seconds since it got the answer', seconds),
  'Cache-Control': header('RFC 9111'),
  Vary: header('What else than its address decides on the answer'),
  'Access-Control-Allow-Origin': header('To pages of the stage’s origins'),
  'Access-Control-Expose-Headers': header('To pages of the stage’s origins: what they may read'),
  'Content-Encoding': header('Behind an edge, for who accepts it: gzip or br'),
  ETag: header(
    'The version of what is answered, or a tag of all that it shows; weak where an edge has compressed it',
    etag,
  ),
  'Consistency-Token': header('<stream>@<version>; give it to a query as consistentWith', {
    type: 'string',
    pattern: '^[a-z]+-.+@[1-9][0-9]*$',
  }),
  'Idempotency-Replayed': header('An earlier request with this key did it', { type: 'string', const: 'true' }),
  Location: header('Where the new thing is', { type: 'string', format: 'uri-reference' }),
  'Retry-After': header('Seconds', seconds),
  'WWW-Authenticate': header('Which scheme would do', {
    type: 'string',
    enum: ['Bearer'],
  }),
  'Accept-Encoding': header('Which codings of a body would do', { type: 'string', const: 'identity' }),
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
    'Taken or made, returned, and stored with every event that follows',
    visible,
  ),
  IdempotencyKey: parameter(
    'Idempotency-Key',
    'The same key with the same payload is done once, and remembered for 24 hours at least',
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
  IfNoneMatch: parameter('If-None-Match', 'Tags of what the caller has already', { type: 'string' }, '"1"'),
};
