// Compression as CloudFront does it, where the behaviour and its cache policy ask for it.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { HttpRequest } from '../gateway/http-exchange.ts';
import type { EdgeResponse } from './edge-response.ts';

export type Coding = 'br' | 'gzip';

const leastBytes = 1_000;
const mostBytes = 10_000_000;
const statuses = [200, 403, 404];
/** Types from CloudFront's list that an API may send. `application/problem+json` is not on it. */
const types =
  /^(text\/(css|csv|html|javascript|plain|xml)|application\/(json|javascript|xml|xhtml\+xml)|image\/svg\+xml)$/;

/**
 * The codings that the viewer takes, in CloudFront's order: it prefers Brotli.
 * @param enabled those of the cache policy
 */
export function acceptedCodings(
  { headers }: Pick<HttpRequest, 'headers'>,
  enabled: readonly Coding[],
): readonly Coding[] {
  const accepted = (headers['accept-encoding'] ?? '').split(',').map((each) => each.trim().toLowerCase());
  return enabled.filter((coding) =>
    accepted.some((each) => each === coding || (each.startsWith(`${coding};`) && !/;\s*q=0(\.0*)?$/.test(each))),
  );
}

/** Whether CloudFront would compress the answer for a viewer that accepts any of the codings. */
export function isCompressible({ statusCode, headers, body = '', isBase64Encoded }: EdgeResponse): boolean {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  const bytes = Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8');
  return (
    statuses.includes(statusCode) &&
    headers['content-encoding'] === undefined &&
    types.test(type.trim().toLowerCase()) &&
    bytes >= leastBytes &&
    bytes <= mostBytes
  );
}

/** A strong tag stands for exact bytes, so a compressed answer has a weak one. */
export function weakened(response: EdgeResponse): EdgeResponse {
  const { etag } = response.headers;
  if (etag === undefined || etag.startsWith('W/')) return response;
  return { ...response, headers: { ...response.headers, etag: `W/${etag}` } };
}

const compressors = {
  br: (bytes: Buffer) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes),
} as const;

export async function compressed(response: EdgeResponse, coding: Coding): Promise<EdgeResponse> {
  const { body = '', isBase64Encoded, headers } = response;
  const bytes = await compressors[coding](Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'));
  const { 'content-length': _, ...kept } = headers;
  return {
    ...response,
    headers: { ...kept, 'content-encoding': coding },
    body: bytes.toString('base64'),
    isBase64Encoded: true,
  };
}
