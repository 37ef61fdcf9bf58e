// Turns what an answer throws into a 500 that tells nothing of it.
import { unexpected } from '../../lambdas/spine/http/problem.ts';
import { gatewayProblem } from './gateway-problem.ts';
import type { Answer } from './http-exchange.ts';

/** Is told of an error behind an answer 500, which names the cause by the correlation id alone. */
export type ReportError = (error: unknown, correlationId: string) => void;

/** The same answers, and never a rejection. */
export const withoutErrors =
  (answer: Answer, reportError: ReportError): Answer =>
  async (request) => {
    try {
      return await answer(request);
    } catch (error) {
      reportError(error, request.correlationId);
      return gatewayProblem(unexpected(), request);
    }
  };
