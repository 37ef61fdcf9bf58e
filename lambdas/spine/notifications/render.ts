// Content as plain text and as HTML.
import { html } from '../http/html.ts';
import type { Mail } from './port.ts';
import type { Content, Row } from './template.ts';

/** What could end a line and begin a header of its own: controls, and Unicode's two separators. */
const LINE_BREAKING = /[\p{Cc}\u2028\u2029]+/gu;

export const renderMail = (content: Content, to: string): Mail => ({
  to,
  subject: content.subject.replace(LINE_BREAKING, ' '),
  text: toText(content),
  html: toHtml(content),
});

function toText({ subject, opening, rows = [], closing = [] }: Content): string {
  const table = rows.map(([label, value]) => `${label}: ${value}`).join('\n');
  const blocks = [subject, ...opening, table, ...closing];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function toHtml({ subject, opening, rows = [], closing = [], language = 'en' }: Content): string {
  const paragraph = (text: string) => html`<p>${text}</p>\n`;
  const row = ([label, value]: Row) =>
    html`<tr><th scope="row" style="padding-right: 1em; text-align: left">${label}</th><td>${value}</td></tr>\n`;
  const table = rows.length > 0 ? [html`<table>\n${rows.map(row)}</table>\n`] : [];
  const page = html`<!DOCTYPE html>
<html lang="${language}">
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
