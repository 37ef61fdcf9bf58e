// The OpenAPI 3.1 document, made of the schemas that requests are checked against.
import * as z from 'zod';
import type { Operation } from '../runtime/http/operation.ts';
import { operations } from './operations.ts';

const ref = (name: string) => ({ $ref: `#/components/${name}` });

const inputSchema = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', target: 'draft-2020-12' });

const commandHeaders = ['IdempotencyKey', 'IfMatch'].map((name) => ref(`parameters/${name}`));
const commandProblems = ['412', '413', '415', '422', '503'];
const queryHeaders = [ref('parameters/IfNoneMatch')];

function operationObject(operation: Operation) {
  const isCommand = operation.body !== undefined;
  const problemStatuses = [
    '400',
    ...(operation.access === 'public' ? [] : ['401']),
    ...(operation.access === 'staff' ? ['403'] : []),
    ...(operation.path || operation.problems.includes('not_found') ? ['404'] : []),
    ...(isCommand ? ['409', ...commandProblems] : []),
    '429',
  ];
  return {
    summary: operation.summary,
    ...(operation.problems.length > 0 && { description: `Problem codes: ${operation.problems.join(', ')}.` }),
    operationId: operation.route.replaceAll(/[^A-Za-z]+/g, '_').replace(/_$/, ''),
    security: securityOf(operation),
    parameters: [
      ref('parameters/CorrelationId'),
      ...(isCommand ? commandHeaders : queryHeaders),
      ...parameters('path', operation.path),
      ...parameters('query', operation.query),
    ],
    ...(operation.body && {
      requestBody: { required: true, content: { 'application/json': { schema: inputSchema(operation.body) } } },
    }),
    responses: {
      [operation.success.status]: {
        description: 'Done',
        headers: isCommand ? commandResponseHeaders : queryResponseHeaders,
        content: { 'application/json': { schema: z.toJSONSchema(operation.success.schema, { io: 'output' }) } },
      },
      ...(isCommand ? {} : { 304: { description: 'What If-None-Match names is still current' } }),
      ...Object.fromEntries(problemStatuses.map((status) => [status, ref('responses/Problem')])),
    },
  };
}

const securityOf = ({ access }: Operation) => {
  if (access === 'public') return [];
  return [access === 'signature' ? { paymentSignature: [] } : { bearer: [] }];
};

const header = (description: string) => ({ description, schema: { type: 'string' } });
const commandResponseHeaders = {
  ETag: header('The version after the command, in double quotes'),
  'Consistency-Token': header('<stream>@<version>: give it to a query as consistentWith'),
  'Idempotency-Replayed': header('true when an earlier request with the same key did it'),
};
const queryResponseHeaders = {
  ETag: header('The version of the answer'),
  'Cache-Control': header('RFC 9111'),
  Vary: header('Authorization when the answer is the caller’s own and an edge may keep it'),
  Age: header('Seconds that an edge has had the answer'),
  'X-Cache': header('Hit, Miss or RefreshHit from cloudfront: where an edge had the answer from'),
};

function parameters(place: 'path' | 'query', schema: z.ZodType | undefined) {
  if (!schema) return [];
  const { properties = {}, required = [] } = inputSchema(schema);
  return Object.entries(properties).map(([name, value]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: value,
  }));
}

const headerParameter = (name: string, description: string, schema: object) => ({
  name,
  in: 'header',
  description,
  schema,
});

const visible = { type: 'string', pattern: '^[!-~]{1,128}$' };

/** @returns the document, ready to be sent as JSON */
export function openApiDocument() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const [method = '', path = ''] = operation.route.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationObject(operation) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Eventspine', version: '0.1.0', license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        paymentSignature: {
          type: 'apiKey',
          in: 'header',
          name: 'Payment-Signature',
          description: 't=<unix seconds>,v1=<hex HMAC-SHA-256 of "<t>.<body>">, at most 5 minutes old',
        },
      },
      parameters: {
        CorrelationId: headerParameter(
          'X-Correlation-Id',
          'Taken or made, returned, and stored with every event',
          visible,
        ),
        IdempotencyKey: headerParameter('Idempotency-Key', 'The same key and payload never do anything twice', visible),
        IfMatch: headerParameter('If-Match', 'The version that the stream must be at', {
          type: 'string',
          pattern: '^(W/)?"\\d+(\\.\\d+)?"$',
        }),
        IfNoneMatch: headerParameter('If-None-Match', 'An ETag that the caller has', { type: 'string' }),
      },
      responses: {
        Problem: {
          description: 'RFC 9457 problem details',
          content: { 'application/problem+json': { schema: ref('schemas/Problem') } },
        },
      },
      schemas: { Problem: problemSchema },
    },
  };
}

const text = { type: 'string' };
const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: text,
    status: { type: 'integer' },
    detail: text,
    instance: text,
    code: text,
    errors: { type: 'array', items: { type: 'object', properties: { pointer: text, detail: text } } },
    total: { type: 'integer', description: 'Of `total_changed`: what the order costs now, in minor units' },
    currency: { type: 'string', description: 'Of `total_changed`: of the total, ISO 4217' },
  },
};
