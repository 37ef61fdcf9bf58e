// Errors as RFC 9457 problem details. A problem says what was wrong and what would be right, and nothing of our insides.
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { EventspineError } from '../kernel/errors.ts';

export interface FieldError {
  /** JSON Pointer (RFC 6901) from the request: `/body/lines/0/sku`. */
  readonly pointer: string;
  readonly detail: string;
}

export interface ProblemExtras {
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Extension members (RFC 9457, section 3.2). */
  readonly members?: Readonly<Record<string, string | number>>;
}

export class Problem extends EventspineError {
  readonly status: number;
  readonly code: string;
  readonly extras: ProblemExtras;

  constructor(status: number, code: string, detail: string, extras: ProblemExtras = {}, options?: ErrorOptions) {
    super(detail, options);
    this.status = status;
    this.code = code;
    this.extras = extras;
  }
}

export const validationFailed = (errors: readonly FieldError[]): Problem =>
  new Problem(400, 'validation_failed', 'The request does not fit its schema; see errors.', { errors });

export const notFound = (detail: string): Problem => new Problem(404, 'not_found', detail);

/** @param allow the methods that the path has */
export const methodNotAllowed = (method: string, path: string, allow: string): Problem =>
  new Problem(405, 'method_not_allowed', `There is no ${method} ${path}, but ${allow}.`, { headers: { allow } });

/** What a caller learns of an error that is not a problem: nothing but that it happened. */
export const unexpected = (): Problem =>
  new Problem(500, 'internal_error', 'Something went wrong on our side. It is logged under the correlation id.');

/** @param cause for the log alone */
export const unavailable = (
  cause?: unknown,
  detail = 'A service that this needs does not answer. Try again.',
): Problem => new Problem(503, 'unavailable', detail, { headers: { 'retry-after': '2' } }, { cause });

/** @param instance the path of the request */
export const problemResponse = (problem: Problem, instance: string): APIGatewayProxyStructuredResultV2 => ({
  statusCode: problem.status,
  headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...problem.extras.headers },
  body: JSON.stringify({
    ...problem.extras.members,
    type: `urn:eventspine:problem:${problem.code}`,
    title: titleOf(problem.code),
    status: problem.status,
    detail: problem.message,
    instance,
    code: problem.code,
    ...(problem.extras.errors && { errors: problem.extras.errors }),
  }),
});

/** `validation_failed` → `Validation failed`. */
const titleOf = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('_', ' ');
