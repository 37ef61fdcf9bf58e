// A JSON Schema for people: its type, what bounds it, and its properties as a table.

import { html } from '../html.ts';
import type { JsonSchema } from '../openapi/schemas.ts';
import { type Html, none } from './markdown.ts';

const listed = (value: unknown): readonly JsonSchema[] => (Array.isArray(value) ? value : []);
const objectOf = (value: unknown): JsonSchema => (typeof value === 'object' && value !== null ? { ...value } : {});

export function schemaView(schema: JsonSchema): Html {
  const alternatives = listed(schema['oneOf'] ?? schema['anyOf']);
  if (alternatives.length > 0)
    return html`<ol class="either">${alternatives.map((each) => html`<li>${schemaView(each)}</li>`)}</ol>`;
  const items = schema['type'] === 'array' ? objectOf(schema['items']) : {};
  const properties = objectOf(schema['properties'] ?? items['properties']);
  if (Object.keys(properties).length === 0) return html`<p class="type">${typeOf(schema)} ${boundsOf(schema)}</p>`;
  const required = new Set((schema['required'] ?? items['required'] ?? []) as readonly string[]);
  return propertyTable(properties, required);
}

const propertyTable = (properties: JsonSchema, required: ReadonlySet<string>): Html => html`
<table>
<thead><tr><th scope="col">Property</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead>
<tbody>${Object.entries(properties).map(([name, value]) => {
  const schema = objectOf(value);
  const isNested = schema['properties'] !== undefined || objectOf(schema['items'])['properties'] !== undefined;
  return html`<tr><th scope="row"><code>${name}</code>${required.has(name) ? none : html` <small>optional</small>`}</th>
<td>${typeOf(schema)}</td><td>${text(schema['description'])} ${boundsOf(schema)}${isNested ? schemaView(schema) : none}</td></tr>`;
})}</tbody>
</table>`;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The name of the type, with a link to it where it has one. */
export function typeOf(schema: JsonSchema): Html {
  const name = text(schema['$ref']).split('/').at(-1);
  if (name) return html`<a href="#schema-${name}">${name}</a>`;
  if (schema['const'] !== undefined) return html`<code>${JSON.stringify(schema['const'])}</code>`;
  const alternatives = listed(schema['oneOf'] ?? schema['anyOf']);
  if (alternatives.length > 0)
    return html`${alternatives.map((each, index) => html`${index > 0 ? ' or ' : ''}${typeOf(each)}`)}`;
  if (schema['type'] === 'array') return html`list of ${typeOf(objectOf(schema['items']))}`;
  return html`${text(schema['type']) || 'anything'}`;
}

const shown = ['format', 'minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'default'] as const;
const mostValues = 12;

/** What bounds a value, in the words of JSON Schema. */
export function boundsOf(schema: JsonSchema): Html {
  const values = listed(schema['enum']);
  const few = values.slice(0, mostValues).map((value) => html` <code>${String(value)}</code>`);
  const more = values.length > mostValues ? html` and ${String(values.length - mostValues)} more` : none;
  const bounds = shown
    .filter((keyword) => schema[keyword] !== undefined && schema[keyword] !== Number.MAX_SAFE_INTEGER)
    .map((keyword) => html` <span class="bound">${keyword} ${JSON.stringify(schema[keyword])}</span>`);
  const pattern =
    values.length === 0 && schema['pattern'] ? html` <code class="pattern">${text(schema['pattern'])}</code>` : none;
  return html`${values.length > 0 ? html`one of${few}${more}` : none}${bounds}${pattern}`;
}
