// How far rows of a read table are, many at once. Each row pays for its own size, half a unit for 4 KB as they are read here.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { readTableKey } from '../../bindings/tables.ts';
import type { Row } from '../../kernel/projections/projection.ts';
import { itemsOfKeys } from './items-of-keys.ts';
import { rowKey } from './read-table.ts';

const reading = {
  ProjectionExpression: '#stream, #version, #generation',
  ExpressionAttributeNames: { '#stream': readTableKey.sort, '#version': 'version', '#generation': 'generation' },
};

/**
 * Eventually consistent: what has not been seen for 20 s is seen by then.
 * @param viewKey the projection's
 * @returns them by their streams; a stream without a row is left out
 */
export const rowPositions =
  (client: DynamoDBClient, tableName: string, viewKey: (stream: string) => string) =>
  async (streams: readonly string[]): Promise<ReadonlyMap<string, Pick<Row<unknown>, 'version' | 'generation'>>> => {
    const keys = streams.map((stream) => rowKey(viewKey, stream));
    const items = await itemsOfKeys(client, tableName, keys, reading);
    return new Map(
      items.map((item) => {
        const { [readTableKey.sort]: stream, version, generation } = unmarshall(item);
        return [stream, { version, generation }];
      }),
    );
  };
