// Runs of functions that stop before each effect until the test lets it happen. A run may die before an effect or after it;
// its messages go back to their queue then.

export type Effect = 'row' | 'tags' | 'invalidation' | 'second pass';
export type Fate = 'goes on' | 'dies before' | 'dies after';

interface Gate {
  readonly effect: Effect;
  readonly run: object;
  open(fate: Fate): Promise<void>;
}

/** Stops at a gate, and gives what the effect gives. */
export type Gated = <Result>(effect: Effect, happen: () => Promise<Result>) => Promise<Result>;

/** Lets all that can go on by itself do so. */
export const untilStill = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function gates() {
  let closed: Gate[] = [];

  const openOne = async (gate: Gate, fate: Fate): Promise<void> => {
    closed = closed.filter((each) => each !== gate);
    await gate.open(fate);
    await untilStill();
  };

  return {
    /** @param giveBack returns the run's messages when it dies */
    forRun(giveBack: () => void): Gated {
      const run = {};
      const die = () => {
        closed = closed.filter((gate) => gate.run !== run);
        giveBack();
      };
      return (effect, happen) =>
        new Promise((resolve) => {
          const open = async (fate: Fate): Promise<void> => {
            if (fate === 'dies before') return die();
            const result = await happen();
            if (fate === 'dies after') die();
            else resolve(result);
          };
          closed.push({ effect, run, open });
        });
    },
    async open(pick: number, fate: Fate): Promise<void> {
      const gate = closed[pick % closed.length];
      if (gate) await openOne(gate, fate);
    },
    /** Opens what is closed and what closes meanwhile. */
    async openAll(isMeant: (effect: Effect) => boolean = () => true): Promise<void> {
      for (let gate = closed.find(each); gate; gate = closed.find(each)) await openOne(gate, 'goes on');
      function each({ effect }: Gate): boolean {
        return isMeant(effect);
      }
    },
  };
}
