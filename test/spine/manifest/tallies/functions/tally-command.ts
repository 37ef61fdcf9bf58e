import { commandFunction } from '../../../../../lambdas/spine/functions/command-function.ts';
import { commandRequest } from '../../../../../lambdas/spine/http/commands/command-request.ts';
import { commandResponse } from '../../../../../lambdas/spine/http/commands/command-response.ts';
import { callerEndpoint } from '../../../../../lambdas/spine/http/endpoint.ts';
import { executeCommand } from '../../../../../lambdas/spine/kernel/execution/execute-command.ts';
import { addToTally } from '../operations.ts';
import { tallyDecider } from '../tally.ts';

export const handler = commandFunction(({ ports, authenticate }) => [
  callerEndpoint(addToTally, authenticate, async (request) => {
    const stream = `tally-${request.path.tallyId}`;
    const command = { type: 'Add', ...request.body } as const;
    const outcome = await executeCommand(ports, tallyDecider, commandRequest(stream, command, request));
    return commandResponse(stream, outcome, { status: 200, body: {} });
  }),
]);
