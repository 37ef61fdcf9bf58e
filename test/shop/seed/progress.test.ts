import { expect, it } from 'vitest';
import { progressOn } from '../../../lib/seed/progress.ts';

function progressShown(isTTY: boolean): string {
  const written: string[] = [];
  const progress = progressOn({ isTTY, write: (text) => written.push(text) });
  for (const done of [0, 1, 2]) progress.show('orders', done, 2);
  progress.show('prices', 0, 2);
  progress.end();
  return written.join('');
}

it('is one line on a terminal, which changes as the work goes on', () => {
  const lines = ['orders        0 of 2', 'orders        1 of 2', 'orders        2 of 2\n', 'prices        0 of 2\n'];
  expect(progressShown(true)).toBe(lines.map((line) => `\r${line}`).join(''));
});

it('is a line for each part that is done elsewhere', () => {
  expect(progressShown(false)).toBe('orders        2 of 2\n');
});
