// DynamoDB's wire protocol, as far as the recording of writes has to read it.
import type { IncomingHttpHeaders } from 'node:http';

/** An item as it travels: attribute names to typed values, binary ones in base64. Lambda's stream records have the same form. */
export type WireItem = Readonly<Record<string, unknown>>;

export interface WireRequest {
  readonly operation: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Answer = (request: WireRequest) => Promise<WireResponse>;

const contentType = 'application/x-amz-json-1.0';

/** `DynamoDB_20120810.PutItem` → `PutItem`. */
export const operationOf = (headers: IncomingHttpHeaders): string =>
  String(headers['x-amz-target']).split('.')[1] ?? '';

export const success = (result: unknown): WireResponse => ({
  status: 200,
  headers: { 'content-type': contentType },
  body: JSON.stringify(result),
});

export const failure = (type: string, message: string): WireResponse => ({
  status: 400,
  headers: { 'content-type': contentType },
  body: JSON.stringify({ __type: type, message }),
});

export const validationError = (message: string): WireResponse =>
  failure('com.amazon.coral.validate#ValidationException', message);

/** A request of our own. Its signature has the right form, which is all that dynalite looks at. */
export const ownRequest = (operation: string, parameters: unknown): WireRequest => ({
  operation,
  headers: {
    'content-type': contentType,
    'x-amz-target': `DynamoDB_20120810.${operation}`,
    'x-amz-date': '20200101T000000Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=local/20200101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
  },
  body: JSON.stringify(parameters),
});
