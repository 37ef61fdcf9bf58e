import { commandFunction } from '../../../lambdas/spine/functions/command-function.ts';
import { commandRequest } from '../../../lambdas/spine/http/commands/command-request.ts';
import { commandResponse } from '../../../lambdas/spine/http/commands/command-response.ts';
import { newIdFor } from '../../../lambdas/spine/http/commands/new-id.ts';
import { type CallerRequest, callerEndpoint } from '../../../lambdas/spine/http/endpoint.ts';
import { executeCommand, streamOf } from '../../../lambdas/spine/kernel/index.ts';
import { type LoanCommand, loanDecider } from '../loan.ts';
import { lendBook, returnBook } from '../operations.ts';

export const handler = commandFunction(({ ports, authenticate }) => {
  const decide = async (loanId: string, command: LoanCommand, request: CallerRequest, status: 200 | 201) => {
    const stream = streamOf('loan', loanId);
    const outcome = await executeCommand(ports, loanDecider, commandRequest(stream, command, request));
    return commandResponse(stream, outcome, { status, body: { loanId } });
  };
  return [
    callerEndpoint(lendBook, authenticate, (request) => {
      const { body, caller } = request;
      const loanId = newIdFor(request);
      const reader = { readerId: caller.customerId, email: caller.email };
      const now = new Date().toISOString();
      return decide(loanId, { type: 'LendBook', loanId, ...reader, ...body, now }, request, 201);
    }),
    callerEndpoint(returnBook, authenticate, (request) => {
      const reader = request.caller.isStaff ? {} : { readerId: request.caller.customerId };
      return decide(request.path.loanId, { type: 'ReturnBook', ...reader }, request, 200);
    }),
  ];
});
