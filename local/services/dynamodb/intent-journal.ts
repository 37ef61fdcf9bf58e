// The journal of writes to tables with a change stream. Each is noted here before it is made, so that after a kill at any instant
// every item whose record may not have been consumed can be looked up and its record sent again.
import { closeSync, existsSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import type { WireItem } from './wire.ts';

export interface Intent {
  readonly table: string;
  readonly key: WireItem;
}

/** A place in the journal, in bytes; it grows with every intent and means nothing to another run. */
export type JournalPosition = number;

export class IntentJournal {
  /** What earlier runs left, oldest first. */
  readonly left: readonly Intent[];
  readonly #path: string;
  #descriptor: number;
  #end: JournalPosition;
  /** The file holds the lines of open intents that `forget` kept, then everything noted from `#tailStart` on. */
  #tailStart: JournalPosition = 0;
  #bytesBeforeTail = 0;
  readonly #openLines = new Map<JournalPosition, string>();

  constructor(path: string) {
    this.#path = path;
    const lines = existsSync(path) ? wholeLines(readFileSync(path, 'utf8')) : [];
    this.left = lines.map((line) => JSON.parse(line) as Intent);
    const content = Buffer.from(lines.join(''));
    this.#end = content.length;
    this.#descriptor = this.#replaceFile(content);
  }

  /** Everything noted so far lies before it. */
  get end(): JournalPosition {
    return this.#end;
  }

  /** Notes a write that is about to be made. On return the line is with the operating system and outlives this process. */
  open(intent: Intent): JournalPosition {
    const line = `${JSON.stringify(intent)}\n`;
    const position = this.#end;
    writeSync(this.#descriptor, line);
    this.#end += Buffer.byteLength(line);
    this.#openLines.set(position, line);
    return position;
  }

  /** The write noted at that position has been answered. The journal keeps it until it is told to forget. */
  settle(position: JournalPosition): void {
    this.#openLines.delete(position);
  }

  /** Forgets what was noted before that position, except for writes that are still being made. */
  forget(before: JournalPosition): void {
    const kept = [...this.#openLines].filter(([position]) => position < before).map(([, line]) => line);
    const keptBytes = Buffer.from(kept.join(''));
    const tail = readFileSync(this.#path).subarray(this.#bytesBeforeTail + before - this.#tailStart);
    closeSync(this.#descriptor);
    this.#descriptor = this.#replaceFile(Buffer.concat([keptBytes, tail]));
    this.#bytesBeforeTail = keptBytes.length;
    this.#tailStart = before;
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  /** A rename is all or nothing, so a kill leaves the old file or the new one. */
  #replaceFile(content: Buffer): number {
    const next = `${this.#path}.next`;
    writeFileSync(next, content);
    renameSync(next, this.#path);
    return openSync(this.#path, 'a');
  }
}

/** The lines with their newlines; without the last one where a kill cut it short: its write had not begun. */
const wholeLines = (text: string): string[] => text.match(/[^\n]*\n/g) ?? [];
