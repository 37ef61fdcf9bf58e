// A host that puts a commit into a streamed table and is killed before anyone has its record. Run as a process of its own.
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { clientSettings } from '../../../local/services/client-settings.ts';
import { startDynamoDb } from '../../../local/services/dynamodb/start.ts';
import { streamedTable } from './resources.ts';

const [folder = ''] = process.argv.slice(2);
const dynamodb = await startDynamoDb(folder);
await dynamodb.createTables([streamedTable('events')]);
const client = new DynamoDBClient(clientSettings(dynamodb.endpoint));
for (const version of ['1', '2'])
  await client.send(new PutItemCommand({ TableName: 'events', Item: { stream: { S: 'a' }, version: { N: version } } }));
process.kill(process.pid, 'SIGKILL');
