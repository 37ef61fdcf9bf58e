// A letter as plain text and as HTML.
import { html } from '../../spine/http/html.ts';
import type { Mail } from '../../spine/notifications/port.ts';
import type { Letter } from './letters.ts';

/** What could end a line and begin a header of its own: controls, and Unicode's two separators. */
const LINE_BREAKING = /[\p{Cc}\u2028\u2029]+/gu;

export const renderMail = (letter: Letter, to: string): Mail => ({
  to,
  subject: letter.subject.replace(LINE_BREAKING, ' '),
  text: toText(letter),
  html: toHtml(letter),
});

function toText({ subject, opening, rows, closing }: Letter): string {
  const table = rows.map(([label, value]) => `${label}: ${value}`).join('\n');
  const blocks = [subject, ...opening, table, ...closing];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function toHtml({ subject, opening, rows, closing }: Letter): string {
  const paragraph = (text: string) => html`<p>${text}</p>\n`;
  const row = ([label, value]: Letter['rows'][number]) =>
    html`<tr><th scope="row" style="padding-right: 1em; text-align: left">${label}</th><td>${value}</td></tr>\n`;
  const table = rows.length > 0 ? [html`<table>\n${rows.map(row)}</table>\n`] : [];
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${subject}</title>
</head>
<body style="font-family: sans-serif; line-height: 1.5">
<h1 style="font-size: 1.25em">${subject}</h1>
${opening.map(paragraph)}${table}${closing.map(paragraph)}</body>
</html>
`;
  return page.markup;
}
