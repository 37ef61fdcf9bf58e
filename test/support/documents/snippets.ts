// Code in documents that says which file it is from: a block that begins with "```ts path/of/the/file.ts".

export interface Snippet {
  readonly document: string;
  /** Of the block's first line of code. */
  readonly line: number;
  readonly path: string;
  readonly code: string;
}

const block = /^```ts (\S+)\n([\s\S]*?)^```$/gm;

/** The snippets of a document. */
export const snippetsIn = (document: string, text: string): Snippet[] =>
  [...text.matchAll(block)].map(({ index, 1: path = '', 2: code = '' }) => ({
    document,
    line: text.slice(0, index).split('\n').length + 1,
    path,
    code,
  }));

/** Stands in a snippet for lines that are left out. */
const leftOut = /^ *\/\/ …\n/m;

/**
 * Whether the file has the snippet's lines, in their order, at whatever depth of indentation. Where the snippet has a line `// …`, the file
 * may have others.
 */
export function isFrom(source: string, { code }: Pick<Snippet, 'code'>): boolean {
  const lines = trimmedLines(source);
  let from = 0;
  for (const piece of code.split(leftOut).map(trimmedLines)) {
    const at = lines.findIndex(
      (_, index) => index >= from && piece.every((line, offset) => lines[index + offset] === line),
    );
    if (at < 0) return false;
    from = at + piece.length;
  }
  return true;
}

const trimmedLines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
