// Whatever a template is given, the mail says it as it was written, and it stays text: no header, no markup.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { renderMail } from '../../../lambdas/spine/notifications/render.ts';
import type { Content } from '../../../lambdas/spine/notifications/template.ts';
import { lendingNotices, lent, loanEvents, overdue } from './lending.ts';

const numRuns = Number(process.env['MODEL_RUNS'] ?? 100);

/** Any Unicode text, and often what means something to mail and HTML. */
const text = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
  fc.constantFrom(
    '\r\nBcc: eve@elsewhere.example',
    '</title><script>',
    '&amp;',
    '\u2029',
    '\0',
    '‮שלום',
    '𝔐🇺🇳',
    '"\' x=',
  ),
);

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const shown = (markup: string): string => markup.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => entities[name] ?? '');
const inside = (markup: string, tag: string): string[] =>
  [...markup.matchAll(new RegExp(`<${tag}[^>]*>([^<>]*)</${tag}>`, 'g'))].map(([, each = '']) => shown(each));
const tags = (markup: string): string[] => markup.match(/<[^>]*>/g) ?? [];

const contents = fc.record({
  subject: text,
  opening: fc.array(text, { maxLength: 3 }),
  rows: fc.array(fc.tuple(text, text), { maxLength: 3 }),
  closing: fc.array(text, { maxLength: 3 }),
});

it('shows content as it was written, in the order of its parts', () => {
  fc.assert(
    fc.property(contents, (content) => {
      const { subject, text: plain, html, to } = renderMail(content, 'ada@readers.example');
      const { opening, rows, closing } = content;
      expect(to).toBe('ada@readers.example');
      expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      expect(inside(html, 'h1')).toEqual([content.subject]);
      expect(inside(html, 'p')).toEqual([...opening, ...closing]);
      expect([inside(html, 'th'), inside(html, 'td')]).toEqual([
        rows.map(([label]) => label),
        rows.map(([, it]) => it),
      ]);
      const table = rows.map(([label, value]) => `${label}: ${value}`).join('\n');
      const blocks = [content.subject, ...opening, ...(table === '' ? [] : [table]), ...closing];
      expect(plain).toBe(`${blocks.join('\n\n')}\n`);
    }),
    { numRuns },
  );
});

it('has the tags of harmless content, whatever the content', () => {
  const harmless = (all: Content): Content => ({
    subject: 'a',
    opening: all.opening.map(() => 'a'),
    rows: (all.rows ?? []).map(() => ['a', 'a']),
    closing: (all.closing ?? []).map(() => 'a'),
  });
  fc.assert(
    fc.property(contents, (content) => {
      const tagsOf = (each: Content) => tags(renderMail(each, 'ada@readers.example').html);
      expect(tagsOf(content)).toEqual(tagsOf(harmless(content)));
    }),
    { numRuns },
  );
});

it('names the language of the content, which is English by default', () => {
  const content = { subject: 'a', opening: [] };
  expect(renderMail(content, 'a').html).toContain('<html lang="en">');
  expect(renderMail({ ...content, language: 'he' }, 'a').html).toContain('<html lang="he">');
});

it('brings any text from an event to its mail', () => {
  fc.assert(
    fc.property(text, (title) => {
      const events = [lent(title), overdue].map((event) => loanEvents.encode(event));
      const provenance = { time: '2026-03-02T12:00:00.000Z', correlationId: 'c', causationId: 'x' };
      const history = loanEvents.decode({ ...provenance, stream: 'loan-1', version: 1, id: 'i', events });
      const [mail] = lendingNotices.in(history).notifications.map(({ mail: mailTo }) => mailTo('a'));
      expect(mail?.text).toContain(`Please bring ${title} back.`);
      expect(inside(mail?.html ?? '', 'p')).toEqual([`Please bring ${title} back.`]);
    }),
    { numRuns },
  );
});
