// Checks answers against the published OpenAPI document, with a validator that knows nothing of the project's schemas.
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Answer } from './api-client.ts';

interface Reference {
  readonly $ref: string;
}

interface Response {
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

interface Operation {
  readonly responses: Readonly<Record<string, Response | Reference>>;
}

export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly responses: Readonly<Record<string, Response>> };
}

/** Says how an answer differs from what the document says of the route; an empty list when it fits. */
export type ResponseCheck = (route: string, answer: Answer) => readonly string[];

export function responseCheck(document: OpenApiDocument): ResponseCheck {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document, 'openapi');
  return (route, { status, headers, body }) => {
    const [method = '', path = ''] = route.split(' ');
    const operation = `/paths/${escapePointer(path)}/${method.toLowerCase()}`;
    const described = document.paths[path]?.[method.toLowerCase()]?.responses[String(status)];
    if (described === undefined) return [`${route} does not say that it can answer ${status}`];
    const { headers: known = {}, content } =
      '$ref' in described
        ? (document.components.responses[described.$ref.slice(described.$ref.lastIndexOf('/') + 1)] ?? {})
        : described;
    const undescribed = unknownHeaders(headers, Object.keys(known));
    if (content === undefined) return undescribed.map((name) => `${route} ${status} has the header ${name}`);
    const response = '$ref' in described ? described.$ref.slice(1) : `${operation}/responses/${status}`;
    const mediaType = (headers.get('content-type') ?? '').split(';', 1)[0] ?? '';
    const schema = `${response}/content/${escapePointer(mediaType)}/schema`;
    const validate = ajv.compile({ $ref: `openapi#${schema}` });
    validate(body);
    return [
      ...undescribed.map((name) => `${route} ${status} has the header ${name}`),
      ...(validate.errors ?? []).map(({ instancePath, message }) => `${route} ${status} ${instancePath} ${message}`),
    ];
  };
}

/** What belongs to a connection or to the hop that answers. */
const ofTransport =
  /^(connection|content-(length|type)|date|keep-alive|server|transfer-encoding|via|x-amz.*|apigw-.*)$/;

const unknownHeaders = (headers: Headers, known: readonly string[]): string[] => {
  const names = new Set(known.map((name) => name.toLowerCase()));
  return [...headers.keys()].filter((name) => !names.has(name) && !ofTransport.test(name));
};

const escapePointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
