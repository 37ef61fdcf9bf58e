// What it means when CloudFormation does not describe a stack.
import { DeploymentError } from './deployment-error.ts';

/** CloudFormation has no error of its own for it. */
export const isNoSuchStack = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message);

/** @param error of a request without credentials, a region or the permission to look */
export function unreadableAccount(error: unknown): DeploymentError {
  const hint = 'AWS_PROFILE and AWS_REGION (or your profile’s region) say which account and region to use.';
  return new DeploymentError(`The account cannot be looked at: ${(error as Error).message}\n${hint}`, { cause: error });
}
