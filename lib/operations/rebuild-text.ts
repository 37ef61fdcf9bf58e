// Rebuilds as people read them.
import type { RebuildProgress, StartedRebuild } from './rebuild-answers.ts';

const count = (value: number): string => value.toLocaleString('en-US');
const dollars = (value: number): string => `$${value.toFixed(value < 0.01 ? 6 : 2)}`;

export function estimateText(readModel: string, { rebuildId, estimate }: StartedRebuild): string {
  const { streams, events, readUnits, writeUnits, seconds } = estimate;
  const lines = [
    `${readModel}: ${count(streams)} streams, ${count(events)} events`,
    `  at most ${count(readUnits)} read units, ${count(writeUnits)} write units, ${dollars(estimate.dollars)}`,
    `  about ${durationOf(seconds)}`,
    ...(rebuildId === undefined ? [] : [`Rebuild ${rebuildId} has begun.`]),
  ];
  return `${lines.join('\n')}\n`;
}

export function progressText(progress: RebuildProgress): string {
  const { rebuildId, readModel, state, swept, total, written, unreadable } = progress;
  const left = unreadable === 0 ? '' : `, ${count(unreadable)} streams left out`;
  const named = progress.leftOut.map(({ stream, reason }) => `  ${stream}: ${reason}\n`);
  const more = unreadable > named.length ? ['  The log names the others.\n'] : [];
  return (
    `Rebuild ${rebuildId} of ${readModel} is ${state}: ${count(swept)} of ${count(total)} events, ` +
    `${count(written)} rows written${left}, ${dollars(progress.dollars)}\n${[...named, ...more].join('')}`
  );
}

const WIDTH = 30;

export function barOf({ swept, total, eventsPerSecond, remainingSeconds }: RebuildProgress): string {
  const share = total === 0 ? 1 : Math.min(1, swept / total);
  const bar = '█'.repeat(Math.floor(share * WIDTH)).padEnd(WIDTH, '░');
  const percent = `${Math.floor(share * 100)}`.padStart(3);
  const rest = remainingSeconds === undefined ? '' : `, ${durationOf(remainingSeconds)} left`;
  return `${bar} ${percent} %  ${count(eventsPerSecond)} events/s${rest}`.padEnd(78);
}

export function durationOf(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
