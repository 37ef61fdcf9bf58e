import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from 'aws-lambda';

const client = new DynamoDBClient();
const { GREETINGS, GREETING, TRANSLATOR_ENDPOINT } = process.env;

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const name = event.pathParameters?.['name'] ?? '';
  const translated = await fetch(`${TRANSLATOR_ENDPOINT}/upper`, { method: 'POST', body: name });
  if (!translated.ok) return { statusCode: 503, body: '{}' };
  const { Attributes } = await client.send(
    new UpdateItemCommand({
      TableName: GREETINGS,
      Key: { name: { S: name } },
      UpdateExpression: 'ADD greeted :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
      ReturnValues: 'ALL_NEW',
    }),
  );
  const times = Number(Attributes?.['greeted']?.N);
  return { statusCode: 200, body: JSON.stringify({ text: `${GREETING} ${await translated.text()}`, times }) };
}
