// The two walks that docs/architecture.md draws: short, and through files that the functions really have.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { describe, expect, it } from 'vitest';

const MOST_FILES = 15;

/** The files of each walk: the rows of a table `| 1 | path | … |` under a heading. */
const walks = new Map(
  readFileSync('docs/architecture.md', 'utf8')
    .split(/^### /m)
    .slice(1)
    .map((section) => [
      section.split('\n', 1)[0] ?? '',
      [...section.matchAll(/^\| (\d+) \| `([^`]+)`/gm)].map(([, number, path = '']) => ({
        number: Number(number),
        path,
      })),
    ]),
);

/** The file and all that it imports of ours, whatever for. */
function closureOf(path: string, known = new Set<string>()): Set<string> {
  if (known.has(path)) return known;
  known.add(path);
  for (const [, imported = ''] of readFileSync(path, 'utf8').matchAll(/ from '(\.[^']+)'/g))
    closureOf(join(dirname(path), imported), known);
  return known;
}

describe.each([
  ['From the gateway to the table', ['lambdas/shop/functions/orders-command.ts']],
  [
    'From the table to an e-mail',
    [
      'lambdas/spine/functions/relay/index.ts',
      'lambdas/spine/functions/fan-out/index.ts',
      'lambdas/shop/functions/notifications.ts',
    ],
  ],
])('%s', (heading, entries) => {
  const files = walks.get(heading) ?? [];

  it(`passes ${MOST_FILES} files at most, each once`, () => {
    expect(files.map(({ number }) => number)).toEqual(files.map((_, index) => index + 1));
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
    expect(files.length).toBeGreaterThan(1);
    expect(files.length).toBeLessThanOrEqual(MOST_FILES);
  });

  it('passes files that its functions have', () => {
    const own = new Set(entries.flatMap((entry) => [...closureOf(entry)]));
    expect(files.map(({ path }) => path).filter((path) => !own.has(path))).toEqual([]);
  });
});
