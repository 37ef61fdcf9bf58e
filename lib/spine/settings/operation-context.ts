// Reads what is said of a stage's operation from the context of a CDK command line: `-c backupDays=35 -c monthlyBudget=none`.
import type { Node } from 'constructs';
import { count, override } from './context-values.ts';
import type { OperationDraft } from './operation-settings.ts';

/** @throws Error if a number is none, or a lock is neither on nor off or locks nothing */
export function operationOverride(node: Node): OperationDraft {
  return {
    ...override(node, 'alarmTopicArn', (value) => ({ alarmTopicArn: value })),
    ...override(node, 'edgeAlarmTopicArn', (value) => ({ edgeAlarmTopicArn: value })),
    ...override(node, 'protection', (value) => ({ protection: value })),
    ...override(node, 'monthlyBudget', (value, key) => ({
      monthlyBudgetInDollars: value === 'none' ? ('none' as const) : count(value, key, 'dollars'),
    })),
    ...backupOverride(node),
  };
}

function backupOverride(node: Node): Pick<OperationDraft, 'backups'> {
  const lock: unknown = node.tryGetContext('backupLock') ?? 'off';
  if (lock !== 'on' && lock !== 'off') throw new Error(`backupLock must be on or off, got ${JSON.stringify(lock)}.`);
  const days: unknown = node.tryGetContext('backupDays');
  if (days === undefined || days === 'none') {
    if (lock === 'on') throw new Error('backupLock=on needs backupDays, or there is nothing to lock.');
    return days === undefined ? {} : { backups: days };
  }
  return { backups: { retentionInDays: count(String(days), 'backupDays', 'days'), isLocked: lock === 'on' } };
}
