// Prints the line that closes every run: `N passed, N failed`, with the skipped ones if there are any, and before it the names
// of those that the target cannot run, or not wholly.
import type { Reporter, TestModule, Vitest } from 'vitest/node';
import { UNSEEN } from './unseen.ts';

export default class ClosingLine implements Reporter {
  #isFiltered = false;

  onInit({ config }: Vitest): void {
    this.#isFiltered = config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    const skipped: string[] = [];
    const partly: string[] = [];
    for (const module of modules) {
      failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        const name = `${module.relativeModuleId} > ${test.fullName}`;
        const unseen = new Set(test.annotations().flatMap(({ type, message }) => (type === UNSEEN ? [message] : [])));
        for (const what of unseen) partly.push(`${what}: ${name}\n`);
        if (state === 'passed') passed += 1;
        else if (state === 'skipped') skipped.push(name);
        else failed += 1;
      }
    }
    const names = this.#isFiltered ? '' : skipped.map((name) => `skipped: ${name}\n`).join('');
    const count = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
    process.stdout.write(`\n${names}${partly.join('')}${passed} passed, ${failed} failed${count}\n`);
  }
}
