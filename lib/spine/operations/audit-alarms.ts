// Ring when the audit had to repair, when it met what it cannot repair, and when it does not keep up.
import { Construct } from 'constructs';
import { AUDIT_LATE_RUNS, AUDIT_REPAIRS, AUDIT_UNREPAIRED } from '../../../lambdas/spine/bindings/metrics.ts';
import { OperatorAlarm } from './operator-alarm.ts';
import { serviceMetric } from './service-metric.ts';

export interface AuditAlarmsProps {
  readonly stage: string;
  readonly alarmTopicArn: string | undefined;
  /** The audit's name in logs and metrics. */
  readonly service: string;
}

/** For so many periods of five minutes in a row. */
const LATE_PERIODS = 6;

export class AuditAlarms extends Construct {
  constructor(scope: Construct, id: string, { stage, alarmTopicArn, service }: AuditAlarmsProps) {
    super(scope, id);
    const metric = (name: string) => serviceMetric({ stage }, service, name);
    new OperatorAlarm(this, 'repairs', {
      alarmTopicArn,
      description:
        'The audit found streams that a subscriber had lost, and told it of them again. Nothing is left to repair, but something loses messages.',
      remedy: `take the streams and the subscriber from the warnings in the log of ${service} (GET /ops/audits/latest has the numbers), and find what became of their messages in the logs of relay, fan-out and subscriber.`,
      runbook: 'audit-repairs',
      metric: metric(AUDIT_REPAIRS),
      threshold: 1,
      periods: 1,
    });
    new OperatorAlarm(this, 'unrepaired', {
      alarmTopicArn,
      description:
        'The audit found what it cannot repair: streams that a subscriber cannot read or never gets to, or rows that are further than the event table.',
      remedy:
        'read GET /ops/audits/latest, which names each with its reason. For an event that cannot be read, deploy code that reads it and redrive; after a restore, rebuild the read models.',
      runbook: 'what-the-audit-cannot-repair',
      metric: metric(AUDIT_UNREPAIRED),
      threshold: 1,
      periods: 1,
    });
    new OperatorAlarm(this, 'late', {
      alarmTopicArn,
      description:
        'The audit has not kept up with what is written for half an hour: its read units or its time do not suffice.',
      remedy: 'raise the setting audit.readUnitsPerSecond, or find in the log what slows it down.',
      runbook: 'late-audits',
      metric: metric(AUDIT_LATE_RUNS),
      threshold: 1,
      periods: LATE_PERIODS,
    });
  }
}
