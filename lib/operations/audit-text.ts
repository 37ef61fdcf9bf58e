// What an audit has found, as people read it.
import * as z from 'zod';

const count = z.number();

export const answer = z.object({
  ...{ auditId: z.string(), scope: z.string(), state: z.string(), streams: count, behind: count, repaired: count },
  ...{ unreadable: count, outdated: count, ahead: count, parked: count, stuck: count },
  reported: z.array(
    z.object({
      subscriber: z.string().optional(),
      stream: z.string(),
      version: z.number().optional(),
      ...{ code: z.string(), message: z.string() },
    }),
  ),
  startedAt: z.string(),
});
export type AuditAnswer = z.infer<typeof answer>;

const REST = ['unreadable', 'outdated', 'ahead', 'parked', 'stuck'] as const;

export function auditText(found: AuditAnswer): string {
  const { auditId, scope, state, streams, behind, repaired, startedAt, reported } = found;
  const rest = REST.filter((name) => found[name] > 0).map((name) => `, ${shown(found[name])} ${name}`);
  const lines = [
    `Audit ${auditId} (${scope}, since ${startedAt}) is ${state}: ${shown(streams)} streams, ` +
      `${shown(behind)} behind, ${shown(repaired)} repaired${rest.join('')}`,
    ...reported.map(
      ({ subscriber = 'event table', stream, version, code, message }) =>
        `  ${subscriber}  ${stream}${version === undefined ? '' : `@${version}`}  ${code}: ${message}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

const shown = (value: number): string => value.toLocaleString('en-US');
