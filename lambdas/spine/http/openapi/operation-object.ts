// What the document says of one operation.
import { type Api, type NamedOperation, operationsOf } from '../api.ts';
import { isCommand } from '../operation.ts';
import { answerHeaders } from './headers.ts';
import { linksOf } from './links.ts';
import { type ProblemStatus, problemRefs } from './responses.ts';
import { ref, type Schemas } from './schemas.ts';

export function operationObject(operation: NamedOperation, api: Api, schemas: Schemas) {
  const { id, tag, summary, description, problems, body, example } = operation;
  const codes =
    problems.length === 0 ? '' : `Problem codes of its own: ${problems.map((code) => `\`${code}\``).join(', ')}.`;
  const text = [description, audiences[operation.access], codes].filter(Boolean).join('\n\n');
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(text !== '' && { description: text }),
    security: securityOf(operation, api),
    parameters: parametersOf(operation, schemas),
    ...(body && {
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: schemas.named(`${pascal(id)}Request`, body),
            ...(example !== undefined && { example }),
          },
        },
      },
    }),
    responses: { ...successOf(operation, api, schemas), ...problemRefs(problemStatuses(operation)) },
  };
}

/** What a security scheme cannot say: which tokens are allowed to do more. */
const audiences: Readonly<Partial<Record<NamedOperation['access'], string>>> = {
  staff: 'For members of the group `staff`.',
  admin: 'For members of the group `admin`.',
};

const pascal = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1);

function securityOf({ id, access }: NamedOperation, { signature }: Api): Record<string, never[]>[] {
  if (access === 'public') return [];
  if (access !== 'signature') return [{ bearer: [] }];
  if (signature) return [{ [signature.name]: [] }];
  throw new RangeError(`${id} takes a signature, and the API does not say which`);
}

function parametersOf(operation: NamedOperation, schemas: Schemas) {
  const { path, query } = operation;
  const own = (place: 'path' | 'query', schema: NamedOperation['path']) => {
    if (!schema) return [];
    const { properties, required } = schemas.parameters(schema);
    return Object.entries(properties).map(([name, { description, ...value }]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      ...(description !== undefined && { description }),
      schema: value,
    }));
  };
  const ofCommand = isCommand(operation) ? ['IdempotencyKey', 'IfMatch'] : [];
  const headers = ['CorrelationId', ...ofCommand, ...(isQuery(operation) ? ['IfNoneMatch', 'IfModifiedSince'] : [])];
  return [...own('path', path), ...own('query', query), ...headers.map((name) => ref(`parameters/${name}`))];
}

function successOf(operation: NamedOperation, api: Api, schemas: Schemas) {
  const { id, success } = operation;
  const links = linksOf(operation, operationsOf(api));
  const { status, schema, mediaType = 'application/json' } = success;
  const content = { [mediaType]: { schema: schemas.named(`${pascal(id)}Answer`, schema) } };
  const headers = answerHeaders(...headersOf(operation));
  return {
    [status]: { description: 'Done', headers, content, ...(Object.keys(links).length > 0 && { links }) },
    ...(success.also !== undefined && { [success.also]: { description: 'Nothing was begun', headers, content } }),
    ...(isQuery(operation) && {
      304: {
        description: 'What If-None-Match names is still current',
        headers: answerHeaders('ETag', 'Last-Modified', 'Age'),
      },
    }),
  };
}

const isQuery = ({ route }: NamedOperation): boolean => route.startsWith('GET ');

function headersOf(operation: NamedOperation) {
  if (isQuery(operation)) return ['ETag', 'Last-Modified', 'Age', 'Content-Encoding'] as const;
  const location = operation.success.status === 201 ? (['Location'] as const) : [];
  const ofCommand = isCommand(operation) ? (['ETag', 'Consistency-Token', 'Idempotency-Replayed'] as const) : [];
  return [...ofCommand, ...location];
}

function problemStatuses(operation: NamedOperation): ProblemStatus[] {
  const { access, path, body, problems } = operation;
  return [
    400,
    ...(access === 'public' ? [] : ([401] as const)),
    ...(access === 'staff' || access === 'admin' ? ([403] as const) : []),
    ...(path || problems.includes('not_found') ? ([404] as const) : []),
    ...(body ? ([409, 413, 415] as const) : []),
    ...(isCommand(operation) ? ([412] as const) : []),
    ...(isCommand(operation) || problems.some((code) => code.startsWith('unknown_')) ? ([422] as const) : []),
    429,
    431,
    500,
    503,
  ];
}
