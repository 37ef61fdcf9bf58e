// The page for people: it has everything, runs nothing and loads nothing.
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { api } from '../../../lambdas/shop/shop.ts';
import { docsContentSecurityPolicy, docsPage } from '../../../lambdas/spine/http/docs/page.ts';
import { openApiDocument } from '../../../lambdas/spine/http/openapi/document.ts';

const document = openApiDocument(api);
const page = docsPage(document);
const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);

it('shows every operation and every schema, each at an address of its own', () => {
  for (const methods of Object.values(document.paths))
    for (const { operationId } of Object.values(methods)) expect(ids).toContain(operationId);
  for (const name of Object.keys(document.components.schemas)) expect(ids).toContain(`schema-${name}`);
  expect(new Set(ids).size).toBe(ids.length);
});

it('has no link that leads nowhere', () => {
  const links = [...page.matchAll(/ href="([^"]+)"/g)].map(([, href = '']) => href);
  expect(links.length).toBeGreaterThan(50);
  for (const href of links) expect(href === 'openapi.json' || ids.includes(href.slice(1))).toBe(true);
});

it('runs no script and loads nothing from elsewhere, and its policy allows its own style alone', () => {
  expect(page).not.toMatch(/<script|<link|<img|<iframe| on\w+=| style=| src=|@import|url\(/i);
  const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
  const digest = createHash('sha256').update(style).digest('base64');
  expect(docsContentSecurityPolicy.split('; ')).toEqual([
    "default-src 'none'",
    `style-src 'sha256-${digest}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]);
});

it('can be read by whoever hears it: a language, a title, landmarks, headings in order, tables with headers', () => {
  expect(page).toMatch(/<html lang="en">/);
  expect(page).toMatch(/<title>Eventspine API<\/title>/);
  for (const landmark of ['<nav aria-label=', '<main id="content">', 'class="skip" href="#content"'])
    expect(page).toContain(landmark);
  const levels = [...page.matchAll(/<h(\d)/g)]
    .map(([, level]) => Number(level))
    .slice(page.match(/<nav[\s\S]*<\/nav>/)?.[0].match(/<h2/g)?.length);
  for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
  expect(page.match(/<table>/g)?.length).toBe(page.match(/<thead>/g)?.length);
});

it('shows text as text', () => {
  const [first] = document.tags;
  const tags = [{ ...first, description: '<b>"&' }] as unknown as typeof document.tags;
  expect(docsPage({ ...document, tags })).toContain('&lt;b&gt;&quot;&amp;');
});
