// Turns an error in an answer into a 500 that reveals nothing of it.
import { unexpected } from '../../lambdas/spine/http/problem.ts';
import { gatewayProblem } from './gateway-problem.ts';
import type { Answer } from './http-exchange.ts';

/** Called with the error behind a 500. The answer itself shows nothing of it but the correlation id. */
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
