// AWS as functions see it, over HTTP on this machine: every request is counted, and what was sent waits to be delivered, one thing at a time.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Item } from '../../../bench/dynamodb/item-size.ts';
import { Issuer } from '../../../local/issuer/issuer.ts';
import { type SigningKey, signingKey } from '../../../local/issuer/signing-key.ts';
import { xmlDocument } from '../../../local/services/cloudfront/xml.ts';
import { startDynalite } from '../support/dynalite.ts';
import type { Tallies } from './tally.ts';
import type { Units } from './units.ts';

export interface SentMessage {
  readonly queue: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, { readonly DataType: string; readonly StringValue?: string }>>;
  /** Milliseconds since the epoch. */
  readonly dueAt: number;
}

interface Request {
  readonly TableName: string;
  readonly Item?: Item;
  readonly ConsistentRead?: boolean;
}

interface Response {
  readonly Item?: Item;
  readonly Items?: readonly Item[];
}

interface Entry {
  readonly Id: string;
  readonly MessageBody: string;
  readonly DelaySeconds?: number;
  readonly MessageAttributes?: SentMessage['attributes'];
}

interface Counting {
  readonly tallies: Tallies;
  readonly units: Units;
  readonly eventTable: string;
}

type Dynalite = Awaited<ReturnType<typeof startDynalite>>;

export class FakeAws {
  readonly commits: Item[] = [];
  readonly records: string[] = [];
  readonly messages: SentMessage[] = [];
  emails = 0;
  invalidatedTags = 0;
  /** Commits that the event table has taken. */
  committed = 0;
  recordBytes = 0;
  readonly endpoint: string;
  readonly #tallies: Tallies;
  readonly #units: Units;
  readonly #eventTable: string;
  readonly #dynalite: Dynalite;
  readonly #issuer: Issuer;
  readonly #server: Server;

  private constructor({ tallies, units, eventTable }: Counting, dynalite: Dynalite, server: Server, key: SigningKey) {
    this.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.#tallies = tallies;
    this.#units = units;
    this.#eventTable = eventTable;
    this.#dynalite = dynalite;
    this.#issuer = new Issuer(key, this.endpoint);
    this.#server = server.on('request', (request, response) => void this.#serve(request, response));
  }

  /** @param keyFolder where the key of the token issuer is kept */
  static async start(counting: Counting, keyFolder: string): Promise<FakeAws> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FakeAws(counting, await startDynalite(), server, await signingKey(keyFolder));
  }

  /** Where requests are not counted. */
  get uncounted(): string {
    return this.#dynalite.endpoint;
  }

  token(subject: Parameters<Issuer['issue']>[0]): Promise<string> {
    return this.#issuer.issue(subject);
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
    await this.#dynalite.stop();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const [service = '', action = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
    if (service.startsWith('DynamoDB')) return this.#dynamodb(action, body, request, response);
    if (service.startsWith('Kinesis')) return json(response, this.#kinesis(action, JSON.parse(body)));
    if (service === 'AmazonSQS') return json(response, this.#sqs(action, JSON.parse(body)));
    return this.#byPath(request.url ?? '', body, response);
  }

  async #dynamodb(action: string, body: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const input = JSON.parse(body) as Request;
    const answer = await fetch(this.#dynalite.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': String(request.headers['x-amz-target']),
        authorization: String(request.headers.authorization),
        'x-amz-date': String(request.headers['x-amz-date']),
      },
      body,
    });
    const answered = await answer.text();
    this.#countUnits(action, JSON.parse(body, binary), JSON.parse(answered, binary), answer.ok);
    if (answer.ok && action === 'PutItem' && input.TableName === this.#eventTable && input.Item) {
      this.commits.push(input.Item);
      this.committed += 1;
    }
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(answered);
  }

  #countUnits(action: string, input: Request, output: Response, isDone: boolean): void {
    const { TableName, Item, ConsistentRead: isConsistent = false } = input;
    const name = `dynamodb.${action}`;
    const items = output.Items ?? (output.Item ? [output.Item] : []);
    const units =
      action === 'PutItem'
        ? { write: this.#units.ofPut(TableName, Item ?? {}, isDone) }
        : { read: this.#units.ofRead(items, isConsistent) };
    this.#tallies.count(name, units);
  }

  #kinesis(action: string, { Records }: { readonly Records: readonly { readonly Data: string }[] }): object {
    this.#tallies.count(`kinesis.${action}`);
    this.records.push(...Records.map(({ Data }) => Data));
    this.recordBytes += Records.reduce((sum, { Data }) => sum + Buffer.from(Data, 'base64').length, 0);
    return { FailedRecordCount: 0, Records: Records.map(() => ({ SequenceNumber: '1', ShardId: 'shard-0' })) };
  }

  #sqs(
    action: string,
    { QueueUrl, Entries, ...single }: { QueueUrl: string; Entries?: Entry[] } & Partial<Entry>,
  ): object {
    this.#tallies.count(`sqs.${action}`);
    const queue = new URL(QueueUrl).pathname.slice(1);
    const sent = Entries ?? [{ Id: '0', MessageBody: '', ...single }];
    for (const { MessageBody, DelaySeconds = 0, MessageAttributes = {} } of sent)
      this.messages.push({
        queue,
        body: MessageBody,
        attributes: MessageAttributes,
        dueAt: Date.now() + DelaySeconds * 1_000,
      });
    const answers = sent.map(({ Id, MessageBody }) => ({
      Id,
      MessageId: 'message',
      MD5OfMessageBody: md5(MessageBody),
    }));
    return Entries ? { Successful: answers, Failed: [] } : (answers[0] ?? {});
  }

  #byPath(path: string, body: string, response: ServerResponse): void {
    if (path === '/jwks') json(response, this.#issuer.jwks);
    else if (path === '/v2/email/outbound-emails') {
      this.#tallies.count('ses.SendEmail');
      this.emails += 1;
      json(response, { MessageId: 'e-mail' });
    } else if (path.endsWith('/invalidation')) {
      this.#tallies.count('cloudfront.CreateInvalidation');
      this.invalidatedTags += body.split('<Path>').length - 1;
      response.writeHead(201, { 'content-type': 'text/xml' }).end(createdInvalidation());
    } else throw new Error(`Nobody answers ${path} here`);
  }
}

const createdInvalidation = (): string =>
  xmlDocument('Invalidation', {
    Id: 'I',
    Status: 'InProgress',
    CreateTime: new Date().toISOString(),
    InvalidationBatch: { Paths: { Quantity: 0 }, CallerReference: 'reference' },
  });

/** Bytes travel in base64. */
const binary = (key: string, value: unknown): unknown =>
  key === 'B' && typeof value === 'string' ? Buffer.from(value, 'base64') : value;

const md5 = (body: string): string => createHash('md5').update(body).digest('hex');

const json = (response: ServerResponse, body: object): void =>
  void response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
