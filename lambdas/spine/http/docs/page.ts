// The OpenAPI document as one page for people: no script, and nothing from elsewhere.
import { createHash } from 'node:crypto';
import { html } from '../html.ts';
import type { OpenApiDocument } from '../openapi/document.ts';
import { markdown } from './markdown.ts';
import { addressOf, operationView, schemaSection } from './operation.ts';
import { style } from './style.ts';

/** Allows the page its own style, by digest, and nothing else. */
export const docsContentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function docsPage(document: OpenApiDocument): string {
  const { info, tags, paths } = document;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const groups = tags.map((tag) => ({
    ...tag,
    members: operations.filter(({ operation }) => operation.tags.includes(tag.name)),
  }));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${info.title} API</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<div class="page">
<nav aria-label="Operations">
<a href="#content"><strong>${info.title}</strong></a>
${groups.map(
  ({ name, members }) => html`<h2>${name}</h2>
<ul>${members.map(({ path, method, operation }) => html`<li><a href="#${operation.operationId}" title="${operation.summary}">${addressOf(method, path)}</a></li>`)}</ul>`,
)}
<h2>Reference</h2>
<ul><li><a href="#schemas">Schemas</a></li><li><a href="openapi.json">openapi.json</a></li></ul>
</nav>
<main id="content">
<h1>${info.title} API</h1>
<p class="audience">Version ${info.version}, OpenAPI ${document.openapi}</p>
${markdown(info.description)}
${groups.map(
  ({ name, description, members }) => html`<section aria-label="${name}">
<h2>${name}</h2>
${description === undefined ? '' : html`<p>${description}</p>`}
${members.map(({ path, method, operation }) => operationView(document, method, path, operation))}
</section>`,
)}
<section aria-label="Schemas">
<h2 id="schemas">Schemas</h2>
${schemaSection(document)}
</section>
</main>
</div>
</body>
</html>
`.markup;
}
