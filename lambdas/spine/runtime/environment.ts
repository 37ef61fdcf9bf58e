// Reads the environment when a function starts, so that a missing variable fails the cold start and not a request.
import { EventspineError } from '../kernel/errors.ts';

export class MissingVariableError extends EventspineError {
  readonly code = 'missing_variable';
}

/** @throws MissingVariableError when the variable is not set or empty */
export function required(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new MissingVariableError(`The environment variable ${name} is not set`);
}

/** @throws MissingVariableError when the variable is not a whole number from 1 */
export function requiredCount(name: string): number {
  const count = Number(required(name));
  if (Number.isInteger(count) && count >= 1) return count;
  throw new MissingVariableError(
    `The environment variable ${name} must be a whole number from 1; it is ${process.env[name]}`,
  );
}

/** @throws MissingVariableError when the variable is not a number above 0 */
export function requiredRate(name: string): number {
  const rate = Number(required(name));
  if (Number.isFinite(rate) && rate > 0) return rate;
  throw new MissingVariableError(
    `The environment variable ${name} must be a number above 0; it is ${process.env[name]}`,
  );
}

const isSet = (name: string): boolean => process.env[name] !== undefined;

/** @returns `undefined` when the variable is not set @throws MissingVariableError when it is empty, which is a mistake */
export const optional = (name: string): string | undefined => (isSet(name) ? required(name) : undefined);

/** @returns `undefined` when the variable is not set @throws MissingVariableError when it is no whole number from 1 */
export const optionalCount = (name: string): number | undefined => (isSet(name) ? requiredCount(name) : undefined);
