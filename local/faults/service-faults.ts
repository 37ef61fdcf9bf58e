// The faults of the services that functions call: until a given time a service is down, or takes only so many requests a second.

export const serviceFaultModes = ['down', 'throttle'] as const;

export type ServiceFault =
  | { readonly mode: 'down' }
  /** Takes that many requests within any second, and refuses the others. */
  | { readonly mode: 'throttle'; readonly perSecond: number };

/** How a faulty service treats a request. */
export type Refusal = 'down' | 'throttled';

const WINDOW_IN_MILLIS = 1_000;

interface Ongoing {
  readonly fault: ServiceFault;
  readonly endsAt: number;
  /** When the requests of the last second were taken, oldest first. */
  taken: readonly number[];
}

/** Kept in memory: a restart forgets them. */
export class ServiceFaults {
  readonly #now: () => number;
  readonly #byService = new Map<string, Ongoing>();

  /** @param now milliseconds on a clock that never goes back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Takes the place of the service's earlier fault; with 0 seconds the service is sound again. */
  set(service: string, fault: ServiceFault, seconds: number): void {
    this.#byService.set(service, { fault, endsAt: this.#now() + seconds * 1_000, taken: [] });
  }

  /** Asked once for each request; `undefined` lets it pass. */
  refusal(service: string): Refusal | undefined {
    const now = this.#now();
    const ongoing = this.#byService.get(service);
    if (ongoing === undefined || now >= ongoing.endsAt) return undefined;
    const { fault } = ongoing;
    if (fault.mode === 'down') return 'down';
    ongoing.taken = ongoing.taken.filter((time) => time > now - WINDOW_IN_MILLIS);
    if (ongoing.taken.length >= fault.perSecond) return 'throttled';
    ongoing.taken = [...ongoing.taken, now];
    return undefined;
  }
}

export const queueService = (queueName: string): string => `queue ${queueName}`;
