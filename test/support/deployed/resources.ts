// The resources of a deployed stage, found by the names that CloudFormation gives them: `<stack>-<logical id>-<suffix>`.
import { DynamoDBClient, GetItemCommand, paginateListTables, paginateScan } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetQueueAttributesCommand, paginateListQueues, SQSClient } from '@aws-sdk/client-sqs';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { readTableKey } from '../../../lambdas/spine/bindings/tables.ts';

export interface QueueCounts {
  readonly name: string;
  /** Whether it takes what another queue or a stream's mapping gave up. */
  readonly isForDeadLetters: boolean;
  readonly visible: number;
  readonly inFlight: number;
}

const dynamoDb = new DynamoDBClient({});
const sqs = new SQSClient({});
const secretsManager = new SecretsManagerClient({});

export class StageResources {
  readonly #prefix: string;
  #eventTable: Promise<string> | undefined;
  #queueUrls: Promise<string[]> | undefined;
  #callbackSecret: Promise<string> | undefined;

  constructor(stage: string) {
    this.#prefix = `eventspine-${stage}-state-`;
  }

  /** How many commits the event table holds. */
  async commits(): Promise<number> {
    this.#eventTable ??= this.#findTable('eventstable');
    const pages = paginateScan(
      { client: dynamoDb },
      { TableName: await this.#eventTable, Select: 'COUNT', ConsistentRead: true },
    );
    let commits = 0;
    for await (const { Count = 0 } of pages) commits += Count;
    return commits;
  }

  /**
   * @param readModel as logical ids spell it: `orderstatus`
   * @param view the key that the projection gives the stream
   * @returns the row of that stream, with its attributes
   */
  async row(readModel: string, stream: string, view = stream): Promise<Record<string, unknown> | undefined> {
    const TableName = await this.#findTable(`${readModel}table`);
    const { Item } = await dynamoDb.send(
      new GetItemCommand({
        TableName,
        Key: { [readTableKey.partition]: { S: view }, [readTableKey.sort]: { S: stream } },
        ConsistentRead: true,
      }),
    );
    return Item && unmarshall(Item);
  }

  async queues(): Promise<QueueCounts[]> {
    this.#queueUrls ??= this.#findQueues();
    return Promise.all((await this.#queueUrls).map((url) => this.#countsOf(url)));
  }

  /** What the payment provider signs its callbacks with. */
  callbackSecret(): Promise<string> {
    this.#callbackSecret ??= this.#findSecret('paymentcallbacksecret');
    return this.#callbackSecret;
  }

  /** What there is of the stage's tables and queues. */
  async names(): Promise<string[]> {
    const queues = await this.#findQueues();
    return [...(await this.#findTables()), ...queues.map((url) => url.slice(url.lastIndexOf('/') + 1))];
  }

  async #findTables(): Promise<string[]> {
    const names: string[] = [];
    for await (const { TableNames = [] } of paginateListTables({ client: dynamoDb }, {})) {
      names.push(...TableNames.filter((name) => name.startsWith(this.#prefix)));
    }
    return names;
  }

  async #findTable(logicalId: string): Promise<string> {
    const name = (await this.#findTables()).find((each) => each.startsWith(`${this.#prefix}${logicalId}`));
    if (name !== undefined) return name;
    throw new Error(`There is no table ${this.#prefix}${logicalId}…`);
  }

  async #findQueues(): Promise<string[]> {
    const urls: string[] = [];
    for await (const { QueueUrls = [] } of paginateListQueues({ client: sqs }, { QueueNamePrefix: this.#prefix })) {
      urls.push(...QueueUrls);
    }
    return urls;
  }

  async #countsOf(url: string): Promise<QueueCounts> {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: url,
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    const name = url.slice(url.lastIndexOf('/') + 1).slice(this.#prefix.length);
    return {
      name,
      isForDeadLetters: /deadletters/.test(name),
      visible: Number(Attributes['ApproximateNumberOfMessages']),
      inFlight: Number(Attributes['ApproximateNumberOfMessagesNotVisible']),
    };
  }

  async #findSecret(logicalId: string): Promise<string> {
    const filter = { Key: 'name' as const, Values: [`${this.#prefix}${logicalId}`] };
    const { SecretList = [] } = await secretsManager.send(new ListSecretsCommand({ Filters: [filter] }));
    const [secret] = SecretList;
    if (secret?.ARN === undefined) throw new Error(`There is no secret ${this.#prefix}${logicalId}…`);
    const { SecretString } = await secretsManager.send(new GetSecretValueCommand({ SecretId: secret.ARN }));
    if (SecretString === undefined) throw new Error(`The secret ${secret.ARN} must hold a text; it holds none`);
    return SecretString;
  }
}

const byStage = new Map<string, StageResources>();

export function resourcesOf({ stage }: { readonly stage: string }): StageResources {
  const known = byStage.get(stage) ?? new StageResources(stage);
  byStage.set(stage, known);
  return known;
}
