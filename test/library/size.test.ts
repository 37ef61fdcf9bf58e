import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('the library has at most 300 lines of its own', () => {
  const lines = globSync('examples/library/**/*.ts').flatMap((path) =>
    readFileSync(path, 'utf8').trimEnd().split('\n'),
  );
  expect(lines.length).toBeGreaterThan(100);
  expect(lines.length).toBeLessThanOrEqual(300);
});
