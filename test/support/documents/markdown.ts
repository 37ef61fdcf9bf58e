// What a Markdown document says that can be checked: headings to jump to, links, and names in code.

export interface Markdown {
  /** What a link may name behind `#`. */
  readonly anchors: ReadonlySet<string>;
  /** Targets of links and images, as they are written. */
  readonly links: readonly string[];
  /** What stands between backticks in running text. */
  readonly code: readonly string[];
  /** Scripts of package.json that the document says to run, in text and in blocks of code. */
  readonly scripts: readonly string[];
}

const fence = /^( *)(`{3,}|~{3,})[^\n]*\n[\s\S]*?^ *\2[^\n]*$/gm;
const inlineCode = /(`+)(?!`)([\s\S]+?)(?<!`)\1(?!`)/g;

export function parseMarkdown(text: string): Markdown {
  const prose = text.replaceAll(fence, '');
  const withoutCode = prose.replaceAll(inlineCode, '');
  return {
    anchors: new Set([
      ...slugs([...prose.matchAll(/^#{1,6} +(.+?) *#*$/gm)].map(([, heading = '']) => heading)),
      ...captures(prose, /<a (?:id|name)="([^"]+)"/g),
    ]),
    links: [
      ...captures(withoutCode, /\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g),
      ...captures(withoutCode, /^ *\[[^\]]+\]: *<?([^\s>]+)/gm),
    ],
    code: [...prose.matchAll(inlineCode)].map(([, , code = '']) => code),
    scripts: captures(text, /\bnpm run (?:--silent |-s )?([a-z][\w:-]*)/g),
  };
}

const captures = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, capture = '']) => capture);

/**
 * The anchors that GitHub gives headings; the second one of a name has `-1` at its end
 * (https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#section-links).
 */
function slugs(headings: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return headings.map((heading) => {
    const slug = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-');
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
}
