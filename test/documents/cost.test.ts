// docs/cost.md has what `npm run cost` prints. The document is this test's snapshot: `npx vitest run -u test/documents/cost.test.ts` writes
// its tables anew, and leaves its words.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { limitsOf } from '../../lib/cost/limits.ts';
import { prices } from '../../lib/cost/prices.ts';
import { runCost } from '../../lib/cost/run-cost.ts';

const DOCUMENT = '../../docs/cost.md';

function printed(...args: readonly string[]): { code: number; out: string; error: string } {
  let [out, error] = ['', ''];
  const code = runCost(
    args,
    (text) => {
      out += text;
    },
    (text) => {
      error += text;
    },
  );
  return { code, out, error };
}

/** Under a heading such as `## 1,000 orders a day`, from its first table on. */
const sections = /(^## ([\d,]+) orders a day\n(?:(?!^[|#]).*\n)*)((?:\|.*\n|\n)+)/gm;

it('is what the command prints', async () => {
  const document = readFileSync(new URL(DOCUMENT, import.meta.url), 'utf8');
  const counts: string[] = [];
  const renewed = document.replaceAll(sections, (_, words: string, count: string) => {
    counts.push(count);
    return `${words}${printed('--orders-per-day', count.replaceAll(',', '')).out.trimStart()}\n`;
  });
  expect(counts).toEqual(['1,000', '1,000,000', '100,000,000']);
  await expect(renewed).toMatchFileSnapshot(DOCUMENT);
});

it('prints JSON, whose services add up', () => {
  const report = JSON.parse(printed('--orders-per-day', '1_000', '--json').out);
  const sum = report.lines.reduce((total: number, { dollars }: { dollars: number }) => total + dollars, 0);
  expect(report).toMatchObject({ ordersPerDay: 1_000, region: 'us-east-1', dollarsAMonth: sum });
  expect(report.dollarsAnOrder).toBeCloseTo(sum / 30_000, 10);
});

it('costs no less the more orders there are, and each of them no more', () => {
  const reports = [1, 1_000, 30_000, 1_000_000, 100_000_000].map((orders) =>
    JSON.parse(printed('--orders-per-day', String(orders), '--json').out),
  );
  for (const [at, report] of reports.entries()) {
    const before = reports[at - 1];
    if (before === undefined) continue;
    expect(report.dollarsAMonth).toBeGreaterThan(before.dollarsAMonth);
    expect(report.dollarsAnOrder).toBeLessThan(before.dollarsAnOrder);
  }
});

it.each([
  [],
  ['--orders-per-day', '0'],
  ['--orders-per-day', '1.5'],
  ['--orders-per-day', 'many'],
  ['--orders-per-year', '1'],
])('refuses %o, and says what it takes', (...args) => {
  const { code, out, error } = printed(...args.filter((arg) => typeof arg === 'string'));
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(error).toContain('Usage: npm run cost');
});

it('meets first what its words say, beside the invalidations', () => {
  const firstOf = (orders: number, most: number) =>
    limitsOf(orders).flatMap(({ what, unit, use }, at) => (at > 0 && at <= most && use > 1 ? [`${what} ${unit}`] : []));
  expect(firstOf(1_000, 3)).toEqual([]);
  expect(firstOf(1_000_000, 3)).toEqual(['e-mails in 24 hours', 'e-mails a second']);
  expect(firstOf(100_000_000, 4)).toEqual([
    ...['e-mails in 24 hours', 'e-mails a second', 'requests of POST /orders a second'],
    'invocations of the busiest subscriber at a time',
  ]);
});

it('has the page of AWS beside every price', () => {
  for (const [name, { page }] of Object.entries(prices))
    expect(page, name).toMatch(/^https:\/\/(docs\.)?aws\.amazon\.com\//);
});
