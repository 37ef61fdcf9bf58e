// Tasks on the same thing, one after the other within this process, so that they do not race for it in the table.

export type InTurn = <Result>(name: string, task: () => Promise<Result>) => Promise<Result>;

export function takingTurns(): InTurn {
  const turns = new Map<string, Promise<unknown>>();
  return (name, task) => {
    const turn = (turns.get(name) ?? Promise.resolve()).then(task, task);
    const settled = turn.catch(() => undefined).finally(() => turns.get(name) === settled && turns.delete(name));
    turns.set(name, settled);
    return turn;
  };
}
