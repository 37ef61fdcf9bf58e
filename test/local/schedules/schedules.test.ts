// Which schedules the local host runs, and when a host at rest is left alone.
import { describe, expect, it } from 'vitest';
import { schedulesIn } from '../../../local/schedules/schedule-settings.ts';
import { isDue } from '../../../local/schedules/start.ts';

const minute = 60_000;

describe('a schedule', () => {
  const due = (wroteAt: number | undefined, lastAt = 10 * minute, now = 11 * minute) =>
    isDue({ now, wroteAt, lastAt, periodInMillis: minute });

  it('calls for two periods after a write, and then rests', () => {
    expect(due(10.5 * minute)).toBe(true);
    expect(due(9.5 * minute)).toBe(true);
    expect(due(9 * minute)).toBe(false);
    expect(due(undefined)).toBe(false);
  });

  it('calls when its last time lies ahead, because the clock was set back', () => {
    expect(due(minute, 100 * minute)).toBe(true);
  });
});

describe('the schedules of a template', () => {
  const rule = (properties: object) => [
    {
      path: 'audit/schedule',
      stack: 'stack',
      logicalId: 'Rule',
      type: 'AWS::Events::Rule',
      properties: { ...properties },
    },
  ];
  const Targets = [{ Arn: 'arn:aws:sqs:us-east-1:000000000000:work', Id: 'Target0', Input: '{"audit":1}' }];

  it('are the rules with a rate that send to a queue', () => {
    expect(schedulesIn(rule({ ScheduleExpression: 'rate(1 minute)', State: 'ENABLED', Targets }))).toEqual([
      {
        name: 'Rule',
        periodInMillis: minute,
        isEnabled: true,
        targets: [{ queueArn: Targets[0]?.Arn, input: '{"audit":1}' }],
      },
    ]);
    expect(schedulesIn(rule({ ScheduleExpression: 'rate(1 minute)', State: 'DISABLED', Targets }))).toEqual([]);
  });

  it.each([
    ['another expression', { ScheduleExpression: 'cron(0 * * * ? *)', Targets }, /only a rate/],
    [
      'another target',
      { ScheduleExpression: 'rate(2 hours)', Targets: [{ Arn: 'arn:aws:lambda:x', Input: '' }] },
      /only a queue/,
    ],
  ])('are refused with %s', (_, properties, message) => {
    expect(() => schedulesIn(rule(properties))).toThrow(message);
  });
});
