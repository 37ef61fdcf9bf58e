// A deployed function: instances that are begun when they are needed, invoked again and again, and replaced by those of other code.

import type { World } from '../world/world.ts';
import { type Instance, RunningInstance } from './instance.ts';

/** @param version number of the code's version */
export type Starts<Event, Answer> = (instance: Instance, version: number) => (event: Event) => Promise<Answer>;

export type Outcome<Answer> =
  | { readonly kind: 'answered'; readonly answer: Answer; readonly isFaulted: boolean }
  | { readonly kind: 'failed'; readonly isFaulted: boolean };

export interface FunctionSettings {
  readonly timeoutInMillis: number;
  /** Most invocations at once. */
  readonly concurrency: number;
}

interface Started<Event, Answer> {
  readonly instance: RunningInstance;
  readonly version: number;
  readonly handle: (event: Event) => Promise<Answer>;
}

export class SimulatedFunction<Event, Answer> {
  readonly name: string;
  readonly #world: World;
  readonly #starts: Starts<Event, Answer>;
  readonly #settings: FunctionSettings;
  #idle: Started<Event, Answer>[] = [];
  #running = 0;
  #version = 0;

  constructor(world: World, name: string, settings: FunctionSettings, starts: Starts<Event, Answer>) {
    this.name = name;
    this.#world = world;
    this.#settings = settings;
    this.#starts = starts;
  }

  get hasRoom(): boolean {
    return this.#running < this.#settings.concurrency;
  }

  /** New instances are of that version; those that are idle are invoked no more, or for a while. */
  deploy(version: number): void {
    this.#version = version;
    this.#world.tell(this.name, `is deployed in version ${version}`);
    for (const { instance } of this.#idle)
      if (this.#world.chance.happens(`retire ${this.name}`, 0.5)) instance.retire();
    this.#idle = this.#idle.filter(({ instance }) => instance.isAlive);
  }

  /** @param ended called once; without an answer when the instance died, or the handler threw */
  invoke(event: Event, ended: (outcome: Outcome<Answer>) => void): void {
    const started = this.#instance();
    const { instance } = started;
    this.#running += 1;
    instance.begin(this.#settings.timeoutInMillis, () => {
      this.#running -= 1;
      ended({ kind: 'failed', isFaulted: true });
    });
    const over = (): boolean => {
      this.#running -= 1;
      this.#idle.push(started);
      return instance.end();
    };
    started.handle(event).then(
      (answer) => ended({ kind: 'answered', answer, isFaulted: over() }),
      (error: unknown) => {
        this.#world.tell(instance.name, `throws ${error instanceof Error ? `${error.name}: ${error.message}` : error}`);
        ended({ kind: 'failed', isFaulted: over() });
      },
    );
  }

  #instance(): Started<Event, Answer> {
    const { chance } = this.#world;
    const isWarm = this.#idle.length > 0 && chance.happens(`warm ${this.name}`, 0.85);
    if (isWarm)
      return this.#idle.splice(chance.below(`which ${this.name}`, this.#idle.length), 1)[0] as Started<Event, Answer>;
    const instance = new RunningInstance(this.#world, this.name);
    const version = this.#version;
    return { instance, version, handle: this.#starts(instance, version) };
  }
}
