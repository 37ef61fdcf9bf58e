// What a process and its children have resident, as Linux counts it.
import { readdirSync, readFileSync } from 'node:fs';

/**
 * Private pages of all processes of the tree, and the pages of files that the largest of them has: Node's own text is in memory
 * once however many processes run it. In MB of 1,000,000 bytes.
 * @throws Error where there is no `/proc`
 */
export function residentMegabytes(pid: number): number {
  const processes = processIds(pid).map(memoryOf);
  const anonymous = processes.reduce((sum, each) => sum + each.anonymous, 0);
  return (anonymous + Math.max(...processes.map(({ files }) => files))) / 1000;
}

/** Seconds of processor time that the tree has used. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
export const processorSeconds = (pid: number): number =>
  processIds(pid).reduce((sum, each) => {
    const [, fields = ''] = ofProcess(`${each}/stat`).split(') ');
    const [user, system] = fields.split(' ').slice(11, 13).map(Number);
    return sum + ((user ?? 0) + (system ?? 0)) / ticksPerSecond;
  }, 0);

/** USER_HZ, which Linux has at 100 on every architecture that Node runs on. */
const ticksPerSecond = 100;

/** The process and its children, theirs, and so on. */
export function processIds(pid: number): readonly number[] {
  const threads = readdirSync(`/proc/${pid}/task`);
  const children = threads.flatMap((thread) =>
    ofProcess(`${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(processIds)];
}

/** Nothing of a process or thread that has ended since it was listed. */
function ofProcess(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}

/** In KB. */
function memoryOf(pid: number): { readonly anonymous: number; readonly files: number } {
  const rollup = ofProcess(`${pid}/smaps_rollup`);
  const figure = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? 0) * 1.024;
  const anonymous = figure('Anonymous');
  return { anonymous, files: figure('Rss') - anonymous };
}
