// The little of Markdown that descriptions use: paragraphs, lists and code.
import { html } from '../html.ts';

export type Html = ReturnType<typeof html>;

/** Stands for an absent part. */
export const none = html``;

export const markdown = (text: string): Html[] =>
  text.split(/\n{2,}/).map((block) => {
    const lines = block.split('\n');
    if (!lines.every((line) => line.startsWith('- '))) return html`<p>${inline(block)}</p>`;
    return html`<ul>${lines.map((line) => html`<li>${inline(line.slice(2))}</li>`)}</ul>`;
  });

const inline = (text: string): Html[] =>
  text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
