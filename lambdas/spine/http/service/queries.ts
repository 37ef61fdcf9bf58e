// What the service says about itself. It is made once, when it is first asked for, and answered from memory.

import { digest } from '../../kernel/keys/idempotency.ts';
import type { Api } from '../api.ts';
import { docsContentSecurityPolicy, docsPage } from '../docs/page.ts';
import { type Endpoint, type HttpRequest, publicEndpoint } from '../endpoint.ts';
import { openApiDocument } from '../openapi/document.ts';
import type { Specialised } from '../openapi/schemas.ts';
import { conditionalText, etagOf, jsonResponse } from '../response.ts';
import { getDocs, getHealth, getOpenApi } from './operations.ts';

/** Only a release changes it. A client or an edge may keep the old one for this long. */
const CACHE_CONTROL = 'public, max-age=300';

/** @param specialised what the document says of this stage in particular */
export function serviceQueries(api: Api, specialised: Specialised): Endpoint[] {
  const document = once(() => openApiDocument(api, specialised));
  const asJson = prepared('application/json; charset=utf-8', () => JSON.stringify(document()));
  const asPage = prepared('text/html; charset=utf-8', () => docsPage(document()), {
    'content-security-policy': docsContentSecurityPolicy,
  });
  return [
    publicEndpoint(getHealth, async () => jsonResponse(200, { status: 'ok' }, { 'cache-control': 'no-store' })),
    publicEndpoint(getOpenApi, asJson),
    publicEndpoint(getDocs, asPage),
  ];
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function prepared(contentType: string, make: () => string, ownHeaders: Readonly<Record<string, string>> = {}) {
  const text = once(() => {
    const body = make();
    return { body, etag: etagOf(digest(body)) };
  });
  return async ({ headers }: HttpRequest) => {
    const { body, etag } = text();
    const all = { ...ownHeaders, 'content-type': contentType, etag, 'cache-control': CACHE_CONTROL };
    return conditionalText(body, all, headers);
  };
}
