// The reckoning as people and programs read it.
import { billOf, daysOfMonth, type Line } from './bill.ts';
import { type Limit, limitsOf } from './limits.ts';
import { readOn, region } from './prices.ts';

export interface Report {
  readonly ordersPerDay: number;
  readonly region: string;
  readonly pricesReadOn: string;
  readonly lines: readonly Line[];
  readonly dollarsAMonth: number;
  readonly dollarsAnOrder: number;
  readonly limits: readonly Limit[];
}

export function reportOf(ordersPerDay: number): Report {
  const lines = billOf(ordersPerDay);
  const dollarsAMonth = lines.reduce((sum, { dollars }) => sum + dollars, 0);
  return {
    ...{ ordersPerDay, region, pricesReadOn: readOn, lines, dollarsAMonth },
    dollarsAnOrder: dollarsAMonth / (ordersPerDay * daysOfMonth),
    limits: limitsOf(ordersPerDay),
  };
}

/** As Markdown, which a terminal shows well enough. */
export function textOf({ ordersPerDay, lines, dollarsAMonth, dollarsAnOrder, limits }: Report): string {
  const services = [...Map.groupBy(lines, ({ service }) => service)];
  const bill = services.map(([service, own]) => {
    const dollars = own.reduce((sum, each) => sum + each.dollars, 0);
    const quantities = own.map(({ quantity, what }) => `${amount(quantity)} ${what}`).join(', ');
    return [service, quantities, money(dollars), amount((dollars / (ordersPerDay * daysOfMonth)) * 1_000)];
  });
  const sum = ['**together**', '', `**${money(dollarsAMonth)}**`, `**${amount(dollarsAnOrder * 1_000)}**`];
  const near = limits.map(({ what, unit, need, limit, use, source, remedy }) => [
    ...[`${what}, ${unit}`, amount(need), amount(limit), share(use), sourceText(source), remedy],
  ]);
  return [
    table(['service', 'a month', '$ a month', '$ for 1,000 orders'], [...bill, sum]),
    table(['limit', 'busiest hour', 'limit', 'used', 'whose', 'remedy'], near),
  ].join('\n');
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |\n`).join('');

const sourceText = (source: string): string => (source.startsWith('https:') ? `[AWS](${source})` : source);

const share = (use: number): string => `${amount(use * 100)} %`;

const money = (dollars: number): string =>
  dollars.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Three digits that count. */
const amount = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 3 });
