// One instance of a function: its memory, its clock and its calls. Each call takes its time, and may fail, or be the last thing that
// the instance did. What it waits for when its invocation is over it gets in the next one: it is frozen in between
// (https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html).
import { ServiceUnavailable, ThrottlingException, TimeoutError } from '../world/errors.ts';
import type { World } from '../world/world.ts';

export interface CallOptions {
  /** Which service is called: it has outages. */
  readonly service: string;
  /** Whether the SDK calls again when an answer is lost. @default true */
  readonly isRepeated?: boolean;
}

/** What a function's ports are made of. */
export interface Instance {
  /** Name of the function. */
  readonly of: string;
  /** `relay#2` */
  readonly name: string;
  /** Has a service do something, some time later. @throws what services throw */
  call<Result>(what: string, options: CallOptions, effect: () => Result | Promise<Result>): Promise<Result>;
  wait(millis: number): Promise<void>;
  /** From 0 up to 1. */
  random(): number;
  newId(): string;
  now(): Date;
  remainingInMillis(): number;
  after(millis: number, ring: () => void): () => void;
  signalAfter(millis: number): AbortSignal;
}

interface Invocation {
  readonly endsAt: number;
  readonly callOff: () => void;
  readonly died: (why: string) => void;
  /** Whether anything went wrong that is no fault of the function. */
  isFaulted: boolean;
}

/** A call that takes longer may well be what a function fails for. */
const LONG_IN_MILLIS = 1_000;

export class RunningInstance implements Instance {
  readonly of: string;
  readonly name: string;
  readonly #world: World;
  readonly #skewInMillis: number;
  readonly #frozen: (() => void)[] = [];
  #invocation: Invocation | undefined;
  #isAlive = true;

  constructor(world: World, of: string) {
    this.of = of;
    this.name = world.newId(of).replace(/-(\d+)$/, '#$1');
    this.#world = world;
    this.#skewInMillis = world.skewOf(this.name);
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** @param died called when the invocation ends with its instance */
  begin(timeoutInMillis: number, died: (why: string) => void): void {
    const { time } = this.#world;
    const timeout = time.plan(timeoutInMillis, () => this.#die('is out of time'));
    const endsAt = time.now() + timeoutInMillis;
    this.#invocation = { endsAt, callOff: () => timeout.cancel(), died, isFaulted: false };
    for (const goOn of this.#frozen.splice(0)) goOn();
  }

  /** @returns whether anything went wrong that is no fault of the function */
  end(): boolean {
    const isFaulted = this.#invocation?.isFaulted ?? false;
    this.#invocation?.callOff();
    this.#invocation = undefined;
    return isFaulted;
  }

  /** Nobody invokes it any more. */
  retire(): void {
    this.#isAlive = false;
    this.#frozen.length = 0;
  }

  call = <Result>(what: string, options: CallOptions, effect: () => Result | Promise<Result>): Promise<Result> => {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    const delayInMillis = this.#world.delayAt(`${this.of} ${what}`);
    if (delayInMillis > LONG_IN_MILLIS) this.#blameTheWorld();
    this.#world.time.plan(delayInMillis, () => {
      if (this.#isAlive) this.#arrive(what, options, effect).then(this.#goOnWith(resolve), this.#goOnWith(reject));
      else this.#arriveTooLate(what, effect);
    });
    return promise;
  };

  wait = (millis: number): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const goOn = this.#goOnWith<void>(resolve);
    this.#world.time.plan(millis, () => goOn());
    return promise;
  };

  after = (millis: number, ring: () => void): (() => void) => {
    const goOn = this.#goOnWith<void>(ring);
    const planned = this.#world.time.plan(millis, () => goOn());
    return () => planned.cancel();
  };

  signalAfter = (millis: number): AbortSignal => {
    const controller = new AbortController();
    this.after(millis, () => controller.abort());
    return controller.signal;
  };

  random = (): number => this.#world.chance.at(`jitter of ${this.of}`);
  newId = (): string => this.#world.newId(`${this.of}-id`);
  now = (): Date => new Date(this.#world.time.now() + this.#skewInMillis);
  remainingInMillis = (): number => (this.#invocation?.endsAt ?? 0) - this.#world.time.now();

  async #arrive<Result>(
    what: string,
    { service, isRepeated = true }: CallOptions,
    effect: () => Result | Promise<Result>,
  ) {
    const { faults, chance, outages, tell } = this.#world;
    const site = `${this.of} ${what}`;
    if (outages.isAway(service)) {
      this.#fails(`${what}: ${service} is away`);
      throw new ServiceUnavailable(`${service} is away`);
    }
    if (faults.strikes('throttle', site)) {
      this.#fails(`${what}: throttled`);
      throw new ThrottlingException(`${what} was one too many`);
    }
    if (this.#invocation && faults.strikes('kill', site)) {
      const isDone = chance.happens(`done ${site}`, 0.5);
      tell(this.name, `${isDone ? '' : 'about to '}${what}`);
      this.#die('is killed');
      return isDone ? effect() : never();
    }
    if (!faults.strikes('lose', site)) {
      tell(this.name, what);
      return effect();
    }
    const isAgain = isRepeated && chance.happens(`again ${site}`, 0.5);
    this.#fails(`${what}: the answer is lost${isAgain ? ', and it is done again' : ''}`);
    await effect();
    if (isAgain) return effect();
    throw new TimeoutError(`${what} has no answer`);
  }

  /** It was on its way when the instance died. */
  #arriveTooLate(what: string, effect: () => unknown): void {
    if (!this.#world.chance.happens(`too late ${this.of} ${what}`, 0.5)) return;
    this.#world.tell(this.name, `${what}, sent before it died`);
    void Promise.resolve(effect()).catch(() => undefined);
  }

  /** The code goes on now, or when the instance is invoked again. */
  #goOnWith<Value>(resume: (value: Value) => void): (value: Value) => void {
    return (value) => {
      if (!this.#isAlive) return;
      if (this.#invocation) resume(value);
      else this.#frozen.push(() => resume(value));
    };
  }

  #fails(how: string): void {
    this.#blameTheWorld();
    this.#world.tell(this.name, how);
  }

  #blameTheWorld(): void {
    this.#world.harm(this.name);
    if (this.#invocation) this.#invocation.isFaulted = true;
  }

  #die(why: string): void {
    if (!this.#isAlive) return;
    this.retire();
    this.#world.harm(this.name);
    this.#world.tell(this.name, why);
    const ended = this.#invocation;
    this.end();
    ended?.died(why);
  }
}

const never = (): Promise<never> => new Promise(() => undefined);
