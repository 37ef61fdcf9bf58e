// What an HTTP command answers for each way its execution can end.
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Rejection } from '../../kernel/decider.ts';
import { eventId } from '../../kernel/envelope.ts';
import type { CommandOutcome } from '../../kernel/execution/execute-command.ts';
import { notFound, Problem } from '../problem.ts';
import { etagOf, jsonResponse } from '../response.ts';

export interface CommandSuccess {
  readonly status: 200 | 201 | 202;
  /** The answer's fields beside `version`. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** @throws Problem for everything but `done` */
export function commandResponse(
  stream: string,
  outcome: CommandOutcome,
  success: CommandSuccess,
): APIGatewayProxyStructuredResultV2 {
  switch (outcome.kind) {
    case 'done':
      return jsonResponse(
        success.status,
        { ...success.body, version: outcome.version },
        {
          ...success.headers,
          'cache-control': 'no-store',
          etag: etagOf(outcome.version),
          'consistency-token': eventId({ stream, version: outcome.version }),
          ...(outcome.effect === 'replayed' && { 'idempotency-replayed': 'true' }),
        },
      );
    case 'rejected':
      throw rejectionProblem(outcome.rejection);
    case 'version-mismatch':
      throw versionMismatch(outcome.version);
    case 'key-reused': {
      const detail = 'This Idempotency-Key was used with another payload before. Use a new key for a new command.';
      throw new Problem(422, 'idempotency_key_reused', detail);
    }
    case 'contention':
      throw new Problem(
        503,
        'contention',
        'Too many others change this at the same time. Nothing was done; try again.',
        {
          headers: { 'retry-after': '1' },
        },
      );
    default:
      return outcome satisfies never;
  }
}

/** @param version 0 for a stream that has not begun, which has no tag */
function versionMismatch(version: number): Problem {
  if (version === 0) return new Problem(412, 'version_mismatch', 'If-Match does not fit: there is nothing yet.');
  const detail = `If-Match does not fit: the current version is ${version}.`;
  return new Problem(412, 'version_mismatch', detail, { headers: { etag: etagOf(version) } });
}

function rejectionProblem({ kind, code, detail, members }: Rejection): Problem {
  const extras = members && { members };
  switch (kind) {
    case 'missing':
      return notFound(detail);
    case 'rule':
      return new Problem(409, code, detail, extras);
    case 'reference':
      return new Problem(422, code, detail, extras);
    default:
      return kind satisfies never;
  }
}
