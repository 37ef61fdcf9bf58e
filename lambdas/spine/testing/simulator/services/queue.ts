// A queue of SQS, standard: at least once, in no order; a message that was received stays hidden for a while, and after its last
// receive it is a dead letter (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues.html).
import type { World } from '../world/world.ts';

export interface Message {
  readonly id: string;
  readonly body: string;
  visibleAt: number;
  receives: number;
  /** How often it came back. */
  returned: number;
  /** How often of these for no fault of ours. */
  excused: number;
}

export interface QueueSettings {
  readonly visibilityInMillis: number;
  readonly mostReceives: number;
}

const LATEST_IN_MILLIS = 900_000;
const LATEST_COPY_IN_MILLIS = 60_000;
/** After which a message that is delivered twice comes the second time. */
const TWICE_IN_MILLIS = 100;

export class Queue {
  readonly name: string;
  readonly messages: Message[] = [];
  readonly dead: Message[] = [];
  readonly #settings: QueueSettings;
  readonly #world: World;
  #hear: () => void = () => undefined;

  constructor(world: World, name: string, settings: QueueSettings) {
    this.name = name;
    this.#settings = settings;
    this.#world = world;
  }

  /** @param hear called when there may be something to receive */
  listen(hear: () => void): void {
    this.#hear = hear;
  }

  send(body: string, delayInSeconds = 0): void {
    const { faults, chance, tell } = this.#world;
    if (faults.strikes('drop', this.name)) {
      tell(this.name, 'loses a message');
      return;
    }
    const isLate = faults.strikes('delay', this.name);
    const lateInMillis = isLate ? chance.at(`late in ${this.name}`) * LATEST_IN_MILLIS : 0;
    this.#add(body, delayInSeconds * 1_000 + lateInMillis);
    if (!faults.strikes('duplicate', this.name)) return;
    tell(this.name, 'has a message twice');
    this.#add(body, delayInSeconds * 1_000 + chance.at(`copy in ${this.name}`) * LATEST_COPY_IN_MILLIS);
  }

  /** Messages for one batch, hidden from now on. */
  receive(most: number): Message[] {
    const visible = this.messages.filter(({ visibleAt }) => visibleAt <= this.#world.time.now());
    const batch: Message[] = [];
    while (batch.length < most && visible.length > 0) {
      const message = this.#next(visible);
      message.receives += 1;
      if (message.receives > this.#settings.mostReceives) this.#kill(message);
      else batch.push(message);
    }
    for (const message of batch) this.#hide(message);
    return batch;
  }

  /** It was handled, or may have been. */
  delete(message: Message): void {
    const at = this.messages.indexOf(message);
    if (at >= 0) this.messages.splice(at, 1);
  }

  /** Hides the message for longer. */
  hide(id: string, seconds: number): void {
    const message = this.messages.find((each) => each.id === id);
    if (message) message.visibleAt = this.#world.time.now() + seconds * 1_000;
  }

  /** Puts a message aside that can never succeed. */
  bury(body: string): void {
    this.dead.push(this.#message(body, 0));
  }

  /** What an operator does when the cause is gone. */
  redrive(): void {
    for (const { body } of this.dead.splice(0)) this.#add(body, 0);
  }

  /** When the next message can be received; `undefined` when there is none. */
  nextAt(): number | undefined {
    return this.messages.length === 0 ? undefined : Math.min(...this.messages.map(({ visibleAt }) => visibleAt));
  }

  #next(visible: Message[]): Message {
    const { faults, chance } = this.#world;
    const isOutOfTurn = visible.length > 1 && faults.strikes('shuffle', this.name);
    const at = isOutOfTurn ? chance.below(`order of ${this.name}`, visible.length) : 0;
    return visible.splice(at, 1)[0] as Message;
  }

  #hide(message: Message): void {
    const { faults, time } = this.#world;
    const isTwice = faults.strikes('duplicate', `receive from ${this.name}`);
    message.visibleAt = time.now() + (isTwice ? TWICE_IN_MILLIS : this.#settings.visibilityInMillis);
    if (!isTwice) return;
    message.returned += 1;
    message.excused += 1;
  }

  #add(body: string, inMillis: number): void {
    this.messages.push(this.#message(body, inMillis));
    this.#hear();
  }

  #message(body: string, inMillis: number): Message {
    const id = this.#world.newId(this.name);
    return { id, body, visibleAt: this.#world.time.now() + inMillis, receives: 0, excused: 0, returned: 0 };
  }

  #kill(message: Message): void {
    this.#world.tell(this.name, `${message.id} is a dead letter`);
    this.delete(message);
    this.dead.push(message);
  }
}
