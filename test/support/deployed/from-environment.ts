// A deployed stage as variables name it, next to the credentials and the region that the AWS SDK reads by itself.
import * as z from 'zod';
import type { DeployedStage } from '../target.ts';
import { inboxAt } from './inbox.ts';

const variables = z.object({
  /** The stage's name in lib/spine/settings/stages.ts. */
  STAGE: z.string(),
  FRONT_DOOR: z.enum(['http', 'rest']).default('http'),
  /** The `iss` claim that the stage was deployed with. */
  TOKEN_ISSUER: z.url(),
  /** Folder with `issuer-key.json`, the issuer's private key as a JWK. */
  DATA_DIR: z.string(),
  /** Where the e-mails are shown: the endpoint that acts as AWS, or the mail server of compose.yaml. AWS shows them nowhere. */
  INBOX_URL: z.url().optional(),
});

/** @throws ZodError when a variable is missing */
export async function deployedStageFromEnvironment(apiUrl: string, environment: object): Promise<DeployedStage> {
  const { STAGE, FRONT_DOOR, TOKEN_ISSUER, DATA_DIR, INBOX_URL } = variables.parse(environment);
  return {
    kind: 'deployed-stage',
    apiUrl,
    stage: STAGE,
    frontDoor: FRONT_DOOR,
    issuer: TOKEN_ISSUER,
    dataDirectory: DATA_DIR,
    ...(INBOX_URL !== undefined && { inboxUrl: await inboxAt(INBOX_URL) }),
  };
}
