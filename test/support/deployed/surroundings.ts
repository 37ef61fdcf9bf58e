// What a stage under test has around it: an endpoint that acts as AWS, an issuer of tokens, and where its e-mails are shown.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { pointAtEmulator } from '../../../lib/deployment/emulator.ts';
import { audience } from '../../../local/issuer/issuer.ts';
import { serveIssuer } from '../../../local/issuer/serve.ts';
import { inboxAt } from './inbox.ts';
import { startMiniStack } from './ministack.ts';

export interface Surroundings {
  /** Settings of the stage that lead it there, as `cdk -c` takes them. */
  readonly context: Readonly<Record<string, string>>;
  /** The `iss` claim. */
  readonly issuer: string;
  /** Holds the issuer's key. */
  readonly dataDirectory: string;
  readonly inboxUrl: string;
}

/** Takes what is to be done at the end, in the reverse order. */
export type Closers = (() => Promise<unknown>)[];

/** A MiniStack and an issuer of this run's own. This process, and those that it starts, find them in the environment. */
export async function startSurroundings(closers: Closers): Promise<Surroundings> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'eventspine-stage-'));
  closers.push(() => rm(dataDirectory, { recursive: true }));
  const miniStack = await startMiniStack();
  closers.push(() => miniStack.stop());
  process.env['AWS_ENDPOINT_URL'] = miniStack.url;
  pointAtEmulator(process.env);
  // As SES does, it refuses a sender that nobody has verified.
  await new SESv2Client({}).send(new CreateEmailIdentityCommand({ EmailIdentity: 'eventspine.localhost' }));
  const { issuer, jwksUri, tokenUrl, stop } = await serveIssuer({ dataDirectory, host: '127.0.0.1', port: 0 });
  closers.push(stop);
  process.env['TOKEN_URL'] = tokenUrl;
  return {
    context: {
      tokenIssuer: issuer,
      tokenAudience: audience,
      tokenJwksUri: jwksUri,
      emailEndpoint: miniStack.url,
    },
    issuer,
    dataDirectory,
    inboxUrl: await inboxAt(miniStack.url),
  };
}

/** What compose.yaml runs. */
export async function composedSurroundings(): Promise<Surroundings> {
  pointAtEmulator(process.env);
  return {
    context: {},
    issuer: 'http://127.0.0.1:3001/local',
    dataDirectory: join('.data', 'issuer'),
    inboxUrl: await inboxAt('http://127.0.0.1:8005'),
  };
}
