import { expect, it } from 'vitest';
import { interleaved } from '../../bench/suite/interleaved.ts';
import { mean, median, quantile, spread } from '../../bench/suite/statistics.ts';

it('gives quantiles, between two samples what lies between them', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(quantile([10, 20], 1)).toBe(20);
  expect(mean([1, 2, 6])).toBe(3);
  expect(() => median([])).toThrow('no samples');
});

it('says the median with the least and the most', () => {
  expect(spread([1.1114, 1, 3])).toBe('1.11 (1–3)');
});

it('lets every system begin a round in its turn', async () => {
  const order: string[] = [];
  const figures = await interleaved(3, [{ name: 'a' }, { name: 'b' }, { name: 'c' }], async ({ name }, round) => {
    order.push(name);
    return `${name}${round}`;
  });
  expect(order.join('')).toBe('abcbcacab');
  expect(figures.get('b')).toEqual(['b0', 'b1', 'b2']);
});
