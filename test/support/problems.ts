// Whether an answer is the error that the contract says.
import { expect } from 'vitest';
import type { Answer } from './api-client.ts';
import type { ProblemBody } from './contract-bodies.ts';

/** Expects problem details (RFC 9457) with every member that the contract names, and a correlation id. */
export function expectProblem(answer: Answer, status: number, code: string): ProblemBody {
  const body = answer.body as ProblemBody;
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
