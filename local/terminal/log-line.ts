// A function's log entry as people read it: what happened and to what, the error with the line of code it comes from, and the
// calls of this project that led there.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';

export type LogEntry = Readonly<Record<string, unknown>>;

/** The keys of an entry that are worth the room and identify nobody. */
const shownOfAny = ['correlationId', 'correlationIds', 'stream', 'messageId', 'mode', 'reason', 'code', 'requestId'];
const mostFrames = 6;
const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Without colours where the terminal has none, and where its owner wants none. */
const styled = (format: Parameters<typeof styleText>[0], text: string): string =>
  styleText(format, text, { stream: process.stderr });

/**
 * @param name of the function, as people know it
 * @param furtherKeys of the entry that are worth the room too, and identify nobody
 * @returns several lines for an entry with an error, one for any other
 */
export function logLine(name: string, entry: LogEntry, furtherKeys: readonly string[] = []): string {
  const { level, message } = entry;
  const isError = level === 'ERROR' || level === 'CRITICAL';
  const details = [...shownOfAny, ...furtherKeys].flatMap((key) =>
    isShort(entry[key]) ? [`${key} ${[entry[key]].flat().join(', ')}`] : [],
  );
  const head = `${styled(isError ? 'red' : 'yellow', `${level} ${name}:`)} ${message}`;
  return [
    `${head}${details.length > 0 ? styled('dim', ` (${details.join('; ')})`) : ''}`,
    ...errorLines(stackOf(entry)),
  ].join('\n');
}

const isShort = (value: unknown): boolean =>
  typeof value === 'string' ||
  (Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string'));

/** An error as our logger writes it, or as Lambda's runtime does for what a handler throws. */
function stackOf({ error, stackTrace }: LogEntry): readonly string[] {
  if (Array.isArray(stackTrace)) return stackTrace.map(String);
  const { name, message, stack } = (error ?? {}) as { name?: unknown; message?: unknown; stack?: unknown };
  if (typeof stack === 'string') return stack.split('\n');
  return message === undefined ? [] : [`${name ?? 'Error'}: ${message}`];
}

function errorLines(stack: readonly string[]): string[] {
  const frames = stack.filter(isFrame);
  const own = frames.filter(
    (frame) => frame.includes(projectFolder) && !/\/(node_modules|local\/functions)\//.test(frame),
  );
  const shown = (own.length > 0 ? own : frames).slice(0, mostFrames);
  return [
    ...stack.filter((line) => line !== '' && !isFrame(line)).map((line) => `  ${line}`),
    ...shown.flatMap((frame, index) => {
      const line = `    ${frame.trim().replace(`file://${projectFolder}`, projectFolder)}`;
      return index === 0 ? [line, ...sourceLine(frame)] : [styled('dim', line)];
    }),
  ];
}

const isFrame = (line: string): boolean => /^\s+at /.test(line);

/** The line of code that a frame names, if it is a file of this project. */
function sourceLine(frame: string): string[] {
  const [, file = '', line = ''] = /(?:file:\/\/)?(\/[^()]+):(\d+):\d+\)?$/.exec(frame) ?? [];
  if (relative(projectFolder, file).startsWith('..') || file === '') return [];
  try {
    const code = readFileSync(file, 'utf8').split('\n')[Number(line) - 1]?.trim();
    return code ? [`      ${styled('cyan', `${line} |`)} ${code}`] : [];
  } catch {
    return [];
  }
}
