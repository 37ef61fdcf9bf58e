// Commands in documents: blocks of code that a reader pastes into a shell.

export interface ShellBlock {
  readonly document: string;
  /** Of the block's first command. */
  readonly line: number;
  readonly commands: string;
}

const block = /^```sh\n([\s\S]*?)^```$/gm;

/** The blocks of a document that are marked as `sh`. */
export const shellBlocks = (document: string, text: string): ShellBlock[] =>
  [...text.matchAll(block)].map(({ index, 1: commands = '' }) => ({
    document,
    line: text.slice(0, index).split('\n').length + 1,
    commands,
  }));

/** The line that the commands for a local host begin with: a test puts the address of its own host there. */
export const localAddress = 'API=http://127.0.0.1:3000';

export const isForLocalHost = ({ commands }: ShellBlock): boolean => commands.startsWith(`${localAddress}\n`);
