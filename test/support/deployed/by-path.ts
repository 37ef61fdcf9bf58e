// Runs test files in the order of their paths, whatever earlier runs took: those that change the deployment come last.
import { BaseSequencer, type TestSpecification } from 'vitest/node';

export class ByPath extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((left, right) => left.moduleId.localeCompare(right.moduleId));
  }
}
