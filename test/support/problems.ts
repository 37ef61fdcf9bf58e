// Whether an answer is the error that the contract says.
import { expect } from 'vitest';
import type { Answer } from './api-client.ts';
import type { ProblemBody } from './contract-bodies.ts';
import { hasGatewayOfItsOwnWords } from './target.ts';

/** An HTTP API's own answer to a token that it refuses: nobody can change it (docs/adr/0006). */
export const refusedByGateway = ({ status, body }: Answer): boolean =>
  hasGatewayOfItsOwnWords && status === 401 && (body as { message?: string }).message === 'Unauthorized';

/** Expects problem details (RFC 9457) with every member that the contract names, and a correlation id. */
export function expectProblem(answer: Answer, status: number, code: string): ProblemBody {
  const body = answer.body as ProblemBody;
  if (refusedByGateway(answer) && code === 'unauthenticated') return body;
  expect({ status: answer.status, code: body?.code }).toEqual({ status, code });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json\b/);
  expect(answer.headers.get('x-correlation-id')).toMatch(/^[!-~]{1,128}$/);
  expect(body).toMatchObject({
    type: expect.stringMatching(/^\w+:/),
    title: expect.stringMatching(/./),
    status,
    detail: expect.stringMatching(/./),
    instance: expect.stringMatching(/^\//),
  });
  if (code === 'validation_failed') {
    expect(body.errors).not.toHaveLength(0);
    for (const error of body.errors ?? []) {
      expect(error).toEqual({ pointer: expect.stringMatching(/^\//), detail: expect.stringMatching(/./) });
    }
  }
  expect(JSON.stringify(body)).not.toMatch(/\bat .+:\d+:\d+|node_modules|lambdas\//);
  return body;
}

/** Expects that the request was refused for its token. */
export function expectUnauthenticated(answer: Answer): void {
  expectProblem(answer, 401, 'unauthenticated');
  if (!refusedByGateway(answer)) expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer\b/);
}
