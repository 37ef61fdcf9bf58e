// An operation for people: who may call it, with what, and what it answers.

import { html } from '../html.ts';
import type { OpenApiDocument } from '../openapi/document.ts';
import type { JsonSchema } from '../openapi/schemas.ts';
import { type Html, markdown, none } from './markdown.ts';
import { boundsOf, schemaView, typeOf } from './schema.ts';

type Operation = OpenApiDocument['paths'][string][string];

/** From the components or inline, with any body. */
interface ShownResponse {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>;
}

export const addressOf = (method: string, path: string): Html =>
  html`<span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code>`;

export function operationView(document: OpenApiDocument, method: string, path: string, operation: Operation): Html {
  const { operationId, summary, description, security, requestBody } = operation;
  const schemes = security.flatMap((scheme) => Object.keys(scheme));
  return html`
<article id="${operationId}" aria-labelledby="${operationId}-title">
<h3 id="${operationId}-title">${addressOf(method, path)}</h3>
<p class="summary">${summary}. <span class="audience">${schemes.map((name) => html`${audienceOf(name)}`)}${schemes.length === 0 ? 'for anyone' : ''}</span></p>
${description === undefined ? none : markdown(description)}
${parameterTable(document, operation)}
${requestBody ? bodyView(requestBody.content['application/json']) : none}
${responseTable(document, operation)}
</article>`;
}

const audienceOf = (scheme: string): string => (scheme === 'bearer' ? 'needs a token' : 'signed by its sender');

function parameterTable({ components }: OpenApiDocument, { parameters }: Operation): Html {
  const named = parameters.map((parameter) =>
    '$ref' in parameter ? resolved(components.parameters, parameter.$ref) : parameter,
  );
  return html`
<h4>Parameters</h4>
<table>
<thead><tr><th scope="col">Name</th><th scope="col">In</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead>
<tbody>${named.map(
    ({ name, in: place, description, schema }) => html`
<tr><th scope="row"><code>${name}</code></th><td>${place}</td><td>${typeOf(schema)}</td>
<td>${String(description ?? '')} ${boundsOf(schema)}</td></tr>`,
  )}</tbody>
</table>`;
}

const bodyView = ({ schema, example }: { readonly schema: JsonSchema; readonly example?: unknown }): Html => html`
<h4>Body: ${typeOf(schema)}</h4>
${example === undefined ? none : html`<pre><code>${JSON.stringify(example, null, 2)}</code></pre>`}`;

function responseTable({ components }: OpenApiDocument, { responses }: Operation): Html {
  const known = components.responses as Readonly<Record<string, ShownResponse>>;
  const answers = Object.entries(responses as Readonly<Record<string, ShownResponse | { readonly $ref: string }>>);
  return html`
<h4>Answers</h4>
<table>
<thead><tr><th scope="col">Status</th><th scope="col">Body</th><th scope="col">When</th></tr></thead>
<tbody>${answers.map(([status, given]) => {
    const { description, content = {} } = '$ref' in given ? resolved(known, given.$ref) : given;
    const bodies = Object.values(content).map(({ schema }) => typeOf(schema));
    return html`<tr><th scope="row">${status}</th><td>${bodies}</td><td>${description}</td></tr>`;
  })}</tbody>
</table>`;
}

const resolved = <Value>(components: Readonly<Record<string, Value>>, reference: string): Value =>
  components[reference.slice(reference.lastIndexOf('/') + 1)] as Value;

export const schemaSection = ({ components }: OpenApiDocument): Html[] =>
  Object.entries(components.schemas as Readonly<Record<string, JsonSchema>>)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(
      ([name, schema]) => html`
<article id="schema-${name}" aria-labelledby="schema-${name}-title">
<h3 id="schema-${name}-title">${name}</h3>
${schema['description'] === undefined ? none : html`<p>${String(schema['description'])}</p>`}
${schemaView(schema)}
</article>`,
    );
