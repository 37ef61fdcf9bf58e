import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  MissingVariableError,
  optional,
  optionalCount,
  required,
  requiredCount,
} from '../../../lambdas/spine/runtime/environment.ts';

const NAME = 'A_VARIABLE_OF_A_TEST';

afterEach(() => vi.unstubAllEnvs());

describe('a variable that is not set', () => {
  it('is missing where it is required and absent where it is optional', () => {
    expect(() => required(NAME)).toThrow(MissingVariableError);
    expect(() => requiredCount(NAME)).toThrow(MissingVariableError);
    expect([optional(NAME), optionalCount(NAME)]).toEqual([undefined, undefined]);
  });
});

it.each([required, requiredCount, optional, optionalCount])('an empty variable is a mistake: %o', (read) => {
  vi.stubEnv(NAME, '');
  expect(() => read(NAME)).toThrow(MissingVariableError);
});

it('a count is a whole number from 1', () => {
  vi.stubEnv(NAME, '60');
  expect([requiredCount(NAME), optionalCount(NAME)]).toEqual([60, 60]);
  for (const value of ['0', '-1', '1.5', 'many']) {
    vi.stubEnv(NAME, value);
    expect(() => requiredCount(NAME)).toThrow(value);
    expect(() => optionalCount(NAME)).toThrow(value);
  }
});
