// The OpenAPI 3.1 document, made of the schemas that requests are checked against.
import { type NamedOperation, operations, tags } from '../../../shop/operations.ts';
import { headerParameters, headers } from './headers.ts';
import { operationObject } from './operation-object.ts';
import { problemComponents } from './responses.ts';
import { problemSchema, Schemas, type Specialised } from './schemas.ts';

const description = `Orders and products as event streams.

- Every GET answers HEAD. Another method on a path that is there is 405, with \`Allow\`.
- A command answers \`Consistency-Token\`; a query that is given it as \`consistentWith\` shows what the command did.
- Errors are problem details (RFC 9457) with a stable \`code\`.
- Text is any Unicode text but NUL and halves of surrogate pairs, and comes back as it was sent.`;

const securitySchemes = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'A token of the stage’s issuer, RS256 or ES256. `sub` is the customer; `cognito:groups` carries `staff` and `admin`.',
  },
  paymentSignature: {
    type: 'apiKey',
    in: 'header',
    name: 'Payment-Signature',
    description: 't=<unix seconds>,v1=<hex HMAC-SHA-256 of "<t>.<body>">, at most 5 minutes old',
  },
};

/**
 * @param specialised what the stage knows better than the schemas
 * @returns the document, ready to be sent as JSON
 */
export function openApiDocument(specialised: Specialised = new Map()) {
  const schemas = new Schemas(specialised);
  const paths: Record<string, Record<string, ReturnType<typeof operationObject>>> = {};
  for (const operation of operations) {
    const { method, path } = addressOf(operation);
    paths[path] = { ...paths[path], [method]: operationObject(operation, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Eventspine', version: '0.1.0', description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/', description: 'Where the document comes from' }],
    tags,
    paths,
    components: {
      securitySchemes,
      parameters: headerParameters,
      headers,
      responses: problemComponents,
      schemas: { ...schemas.components, Problem: problemSchema },
    },
  };
}

export type OpenApiDocument = ReturnType<typeof openApiDocument>;

function addressOf({ route }: NamedOperation): { readonly method: string; readonly path: string } {
  const [method = '', path = ''] = route.split(' ');
  return { method: method.toLowerCase(), path };
}
