// Works on the messages of the audit's queue.
import type { SQSEvent } from 'aws-lambda';
import { isNothing } from '../../kernel/audit/tally.ts';
import { type BatchResponse, failedMessages } from '../../runtime/batch-response.ts';
import type { Invocation } from '../../runtime/invocation.ts';
import { logger } from '../../runtime/logger.ts';
import { type InspectPorts, inspect, inspectAgain } from './inspect.ts';
import { type AuditMessage, auditMessageIn } from './messages.ts';
import { type RunPorts, runAudit } from './run.ts';

export interface AuditPorts extends InspectPorts, Omit<RunPorts, 'inspect' | 'store' | 'now'> {
  readonly audits: RunPorts['store'];
  /** Sends the message to the own queue again. */
  askAgain(message: AuditMessage, delayInSeconds: number): Promise<void>;
}

/** The longest that another run may still take; one that was asked for comes again until then. */
const ASK_AGAIN_IN_SECONDS = 10;

export function audit(
  ports: AuditPorts,
): (event: Pick<SQSEvent, 'Records'>, invocation: Invocation) => Promise<BatchResponse> {
  const runPorts: RunPorts = {
    ...ports,
    store: ports.audits,
    inspect: (auditId, streams) => inspect(ports, auditId, streams),
  };
  return async ({ Records }, invocation) => {
    const failed: string[] = [];
    for (const { body, messageId } of Records) {
      try {
        await work(auditMessageIn(body), invocation);
      } catch (error) {
        logger.error('An audit was interrupted and will be tried again', { error, messageId });
        failed.push(messageId);
      }
    }
    return failedMessages(failed);
  };

  async function work(message: AuditMessage, invocation: Invocation): Promise<void> {
    const { again, asked } = message;
    if (again) {
      const tally = await inspectAgain(ports, again);
      ports.publish(tally);
      if (!isNothing(tally)) await ports.audits.add(again.auditId, tally);
      return;
    }
    const outcome = await runAudit(runPorts, asked, invocation);
    if (outcome === 'busy' && asked) await ports.askAgain(message, ASK_AGAIN_IN_SECONDS);
  }
}
