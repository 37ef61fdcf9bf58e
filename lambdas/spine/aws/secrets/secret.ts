// A secret from Secrets Manager, kept in the function between invocations.
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { EventspineError } from '../../kernel/errors.ts';

/** How long a secret is kept without a sign of change. After that, a rotated one is in use everywhere. */
export const SECRET_MAX_AGE_IN_MILLIS = 5 * 60_000;

/**
 * Returns the secret's value, fetched again if the kept one is older than that. Concurrent calls share one fetch; a failed
 * fetch is not remembered.
 * @throws UnreadableSecretError when the secret has no text
 */
export type Secret = (maxAgeInMillis: number) => Promise<string>;

export class UnreadableSecretError extends EventspineError {
  readonly code = 'unreadable_secret';
}

/** The one Secrets Manager client of a function; its endpoint, region and credentials come from the environment. */
export const secretsManagerClient = (): SecretsManagerClient =>
  new SecretsManagerClient({
    requestHandler: new NodeHttpHandler({ connectionTimeout: 1_000, requestTimeout: 3_000 }),
  });

/** @param now milliseconds since 1970 */
export function cachedSecret(client: SecretsManagerClient, arn: string, now: () => number = Date.now): Secret {
  let cached: { readonly value: Promise<string>; readonly fetchedAt: number } | undefined;
  return (maxAgeInMillis) => {
    if (cached && now() - cached.fetchedAt < maxAgeInMillis) return cached.value;
    const fetched = { value: fetchSecret(client, arn), fetchedAt: now() };
    cached = fetched;
    fetched.value.catch(() => {
      if (cached === fetched) cached = undefined;
    });
    return fetched.value;
  };
}

async function fetchSecret(client: SecretsManagerClient, arn: string): Promise<string> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
  if (SecretString) return SecretString;
  throw new UnreadableSecretError(`The secret ${arn} must hold a text; it holds none`);
}
