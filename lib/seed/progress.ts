// Shows how far a command is: one line that changes on a terminal, elsewhere a line for each part that is done.

export interface Progress {
  show(part: string, done: number, total: number): void;
  /** Puts what follows on a line of its own. */
  end(): void;
}

export function progressOn(stream: { readonly isTTY?: boolean; write(text: string): unknown }): Progress {
  let isOpen = false;
  const end = () => {
    if (isOpen) stream.write('\n');
    isOpen = false;
  };
  return {
    show(part, done, total) {
      const line = `${part.padEnd(10)}${String(done).padStart(5)} of ${total}`;
      if (stream.isTTY) stream.write(`\r${line}`);
      isOpen = stream.isTTY === true;
      if (done < total) return;
      if (stream.isTTY) end();
      else stream.write(`${line}\n`);
    },
    end,
  };
}
