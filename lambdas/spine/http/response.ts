// Successful responses, and the conditional ones (RFC 9110, section 13).
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { CacheHeaders } from './caching/caching.ts';
import { isAmong } from './caching/entity-tags.ts';
import { dateOfGeneration, generationIn } from './caching/generation-date.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

export const jsonResponse = (
  statusCode: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: { 'content-type': JSON_TYPE, ...headers },
  body: JSON.stringify(body),
});

export const etagOf = (tag: number | string): string => `"${tag}"`;

/** What tells whether an answer that a caller has is still the one. */
export interface Validators {
  readonly etag: string;
  readonly 'last-modified'?: string;
}

/** What a request says of the answer that its caller has. */
export interface Conditions {
  readonly 'if-none-match'?: string | undefined;
  readonly 'if-modified-since'?: string | undefined;
}

/**
 * Those of an answer that shows one stream: its version, `"5"`, whichever generation of the projection made it. Generations after the first
 * are told apart by a date that stands for them (docs/adr/0052-a-tag-that-is-the-version.md).
 */
export const versionValidators = ({ version, generation }: { version: number; generation: number }): Validators => ({
  etag: etagOf(version),
  ...(generation !== 1 && { 'last-modified': dateOfGeneration(generation) }),
});

/** 304 without a body when the caller has the current answer already, else the body; about caching both say the same. */
export function conditionalResponse(
  body: unknown,
  validators: Validators,
  cacheHeaders: CacheHeaders,
  conditions: Conditions,
): APIGatewayProxyStructuredResultV2 {
  const headers = { 'content-type': JSON_TYPE, ...validators, ...cacheHeaders };
  return conditionalText(JSON.stringify(body), headers, conditions);
}

/** The same for a text that is made already. */
export function conditionalText(
  body: string,
  headers: Validators & { readonly 'content-type': string; readonly [name: string]: string | undefined },
  conditions: Conditions,
): APIGatewayProxyStructuredResultV2 {
  const given = definedOnly(headers);
  if (!isHeld(headers, conditions)) return { statusCode: 200, headers: given, body };
  const { 'content-type': _, ...kept } = given;
  return { statusCode: 304, headers: kept };
}

/**
 * The tag has to be the current one, and so has the generation: RFC 9110 (section 13.1.3) lets the tag decide alone, and a tag that
 * is the version would then confirm what another fold showed. Whoever keeps answers sends both back.
 */
function isHeld(validators: Validators, conditions: Conditions): boolean {
  const { 'if-none-match': tags, 'if-modified-since': date } = conditions;
  if (tags?.trim() === '*') return true;
  return generationIn(date) === generationIn(validators['last-modified']) && isAmong(tags, validators.etag);
}

const definedOnly = (headers: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
