// The OpenAPI 3.1 document, made of the schemas that requests are checked against.
import { type Api, groupsOf, type NamedOperation, operationsOf } from '../api.ts';
import { answerHeaderComponents, headerParameters } from './headers.ts';
import { operationObject } from './operation-object.ts';
import { problemComponents } from './responses.ts';
import { problemSchema, Schemas, type Specialised } from './schemas.ts';

/** What holds for every API of this kind. */
const conventions = `- Every GET answers HEAD. Another method on a path that is there is 405, with \`Allow\`.
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
};

const signatureScheme = ({ signature }: Api) =>
  signature && {
    [signature.name]: {
      type: 'apiKey',
      in: 'header',
      name: signature.header,
      description: signature.description,
    },
  };

/**
 * @param specialised what the stage knows better than the schemas
 * @returns the document, ready to be sent as JSON
 */
export function openApiDocument(api: Api, specialised: Specialised = new Map()) {
  const schemas = new Schemas(specialised);
  const paths: Record<string, Record<string, ReturnType<typeof operationObject>>> = {};
  for (const operation of operationsOf(api)) {
    const { method, path } = addressOf(operation);
    paths[path] = { ...paths[path], [method]: operationObject(operation, api, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: api.title,
      version: api.version,
      description: `${api.description}\n\n${conventions}`,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'Where the document comes from' }],
    tags: tagsOf(api),
    paths,
    components: {
      securitySchemes: { ...securitySchemes, ...signatureScheme(api) },
      parameters: headerParameters,
      headers: answerHeaderComponents(api.signature?.challenges),
      responses: problemComponents,
      schemas: { ...schemas.components, Problem: problemSchema(api.problemMembers) },
    },
  };
}

/** Groups of several functions may be one to readers. */
function tagsOf(api: Api): { readonly name: string; readonly description?: string }[] {
  const groups = groupsOf(api);
  return [...new Set(groups.map(({ tag }) => tag))].map((name) => {
    const description = groups.find((each) => each.tag === name && each.description !== undefined)?.description;
    return { name, ...(description !== undefined && { description }) };
  });
}

export type OpenApiDocument = ReturnType<typeof openApiDocument>;

function addressOf({ route }: NamedOperation): { readonly method: string; readonly path: string } {
  const [method = '', path = ''] = route.split(' ');
  return { method: method.toLowerCase(), path };
}
