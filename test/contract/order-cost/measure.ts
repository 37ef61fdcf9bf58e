// One order's whole way through the functions as they are deployed, nothing else under way, so that nothing is bundled: the most
// requests that an order can take.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { Item } from '../../../bench/dynamodb/item-size.ts';
import { FakeAws } from './aws.ts';
import { eventTable, type Stage, startStage, tableShapes } from './stage.ts';
import { Tallies } from './tally.ts';
import { Units } from './units.ts';

interface Answer {
  readonly statusCode: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export class OrdersWay {
  readonly tallies: Tallies;
  readonly units: Units;
  readonly aws: FakeAws;
  readonly stage: Stage;
  /** Messages of the fan-out by queue. */
  readonly hints = new Map<string, number>();

  private constructor(tallies: Tallies, units: Units, aws: FakeAws, stage: Stage) {
    this.tallies = tallies;
    this.units = units;
    this.aws = aws;
    this.stage = stage;
  }

  static async start(): Promise<OrdersWay> {
    vi.useFakeTimers({ toFake: ['Date'] });
    const tallies = new Tallies();
    const units = new Units(tableShapes);
    const keyFolder = await mkdtemp(join(tmpdir(), 'order-cost-'));
    const aws = await FakeAws.start({ tallies, units, eventTable }, keyFolder);
    await rm(keyFolder, { recursive: true });
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      // As on AWS, where no variable sets it.
      POWERTOOLS_LOG_LEVEL: 'INFO',
    });
    return new OrdersWay(tallies, units, aws, await startStage(aws));
  }

  async stop(): Promise<void> {
    vi.useRealTimers();
    await this.aws.stop();
  }

  /** A request by somebody with that token, and all that follows from it at once. */
  async ask(token: string, routeKey: string, path: string, body?: object): Promise<unknown> {
    const [method = '', template = ''] = routeKey.split(' ');
    const answer = (await this.#invoke(this.stage.functionOf(routeKey), {
      version: '2.0',
      routeKey,
      rawPath: path,
      rawQueryString: '',
      pathParameters: parametersOf(template, path),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      requestContext: { http: { method, path }, requestId: 'request' },
      ...(body && { body: JSON.stringify(body) }),
    })) as Answer;
    if (answer.statusCode >= 400) throw new Error(`${routeKey} answered ${answer.statusCode}: ${answer.body}`);
    return JSON.parse(answer.body);
  }

  /** Delivers what is on its way, each thing alone, and lets the time pass until nothing comes back. */
  async settle(): Promise<void> {
    const { commits, records, messages } = this.aws;
    for (;;) {
      const [commit] = commits.splice(0, 1);
      const [record] = commit ? [] : records.splice(0, 1);
      if (commit) await this.#invoke('relay', changeEvent(commit));
      else if (record) await this.#invoke('fan-out', streamEvent(record));
      else if (messages.length > 0) await this.#deliverNext();
      else return;
    }
  }

  async #deliverNext(): Promise<void> {
    const { messages } = this.aws;
    const next = messages.reduce((one, other) => (other.dueAt < one.dueAt ? other : one));
    messages.splice(messages.indexOf(next), 1);
    if (next.dueAt > Date.now()) vi.setSystemTime(next.dueAt);
    const consumer = this.stage.consumers.get(next.queue) ?? '';
    const failures = await this.#invoke(consumer, queueEvent(next.body, next.attributes));
    if (JSON.stringify(failures ?? {}).includes('itemIdentifier'))
      throw new Error(`${consumer} could not handle ${next.body}`);
  }

  async #invoke(name: string, event: unknown): Promise<unknown> {
    const handler = this.stage.functions.get(name);
    if (handler === undefined) throw new Error(`There is no function ${name}`);
    this.tallies.invoke(name);
    const waiting = this.aws.messages.length;
    const answer = await handler(event, {
      getRemainingTimeInMillis: () => 30_000,
      functionName: name,
      awsRequestId: 'request',
    });
    if (name === 'fan-out')
      for (const { queue } of this.aws.messages.slice(waiting)) this.hints.set(queue, (this.hints.get(queue) ?? 0) + 1);
    return answer;
  }
}

function parametersOf(template: string, path: string): Record<string, string> {
  const values = path.split('/');
  return Object.fromEntries(
    template.split('/').flatMap((part, at) => (part.startsWith('{') ? [[part.slice(1, -1), values[at] ?? '']] : [])),
  );
}

const changeEvent = ({ stream, version, ...rest }: Item) => ({
  Records: [
    {
      eventName: 'INSERT',
      dynamodb: { SequenceNumber: '1', Keys: { stream, version }, NewImage: { stream, version, ...rest } },
    },
  ],
});

const streamEvent = (data: string) => ({ Records: [{ eventID: 'shard:1', kinesis: { sequenceNumber: '1', data } }] });

const queueEvent = (
  body: string,
  attributes: Readonly<Record<string, { readonly DataType: string; readonly StringValue?: string }>>,
) => ({
  Records: [
    {
      messageId: 'message',
      body,
      attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(Date.now()) },
      messageAttributes: Object.fromEntries(
        Object.entries(attributes).map(([name, { DataType, StringValue }]) => [
          name,
          { dataType: DataType, stringValue: StringValue },
        ]),
      ),
    },
  ],
});
