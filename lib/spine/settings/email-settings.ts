// Who the e-mails of a stage come from. A group for applications that send some.
import * as z from 'zod';
import { countOf, text } from './context-texts.ts';
import { textAs, wholeNumber } from './fields.ts';
import type { BrokenRule, FieldsOf, SettingsGroup, Unchecked } from './settings-group.ts';
import { isOnOneMachine, type Stage } from './stages.ts';
import type { TokenSettings } from './token-issuer.ts';

const address = z.email({ error: 'must be an e-mail address' });

/** Beyond the rate that any account has got; a larger number is a mistake. */
const mostSendsPerSecond = 10_000;

const fields = {
  email: z.object({
    sender: address.describe('Address that e-mails are sent from.'),
    identity: textAs('the sender, its domain or one above it')
      .describe(
        'Identity in SES that the sender belongs to and that the account has verified. Without it the stage makes an identity of the address; a click in the mail that SES then sends to it verifies it.',
      )
      .exactOptional(),
    endpoint: textAs('a URL')
      .describe('Where e-mails go instead of to SES: a server on the same machine that speaks its protocol.')
      .exactOptional(),
    sendsPerSecond: wholeNumber(1, mostSendsPerSecond).describe(
      'E-mails that the stage sends a second: no more than SES allows the account (`aws sesv2 get-account`, `MaxSendRate`), which is 1 in its sandbox and for most accounts 14 at first outside of it (https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas.html). The sizes of batches follow from it.',
    ),
    maximumConcurrency: wholeNumber(2).describe(
      'Most invocations that send at a time. They share the rate evenly, so the fewest that Lambda takes keep it best.',
    ),
  }),
};

export type EmailOfStage = FieldsOf<typeof fields>;

function belongsTo(sender: string, identity: string): boolean {
  const domain = sender.slice(sender.lastIndexOf('@') + 1);
  return identity === sender || identity === domain || domain.endsWith(`.${identity}`);
}

export const email = {
  title: 'E-mail',
  fields,
  keys: {
    emailSender: { sets: 'email.sender', reads: text },
    emailIdentity: { sets: 'email.identity', reads: text },
    emailEndpoint: { sets: 'email.endpoint', reads: text },
    emailSendsPerSecond: { sets: 'email.sendsPerSecond', reads: countOf('e-mails') },
  },
  defaults: {
    local: { email: { sender: 'no-reply@eventspine.localhost', sendsPerSecond: 200, maximumConcurrency: 2 } },
    // A mail server beside it, because the free plan of LocalStack has no version 2 of SES.
    localstack: {
      email: {
        sender: 'no-reply@eventspine.localhost',
        identity: 'eventspine.localhost',
        endpoint: 'http://mail:8005',
        sendsPerSecond: 50,
        maximumConcurrency: 2,
      },
    },
    dev: { email: { sendsPerSecond: 1, maximumConcurrency: 2 } },
    prod: { email: { sendsPerSecond: 14, maximumConcurrency: 2 } },
  } satisfies Record<Stage, Unchecked<EmailOfStage>>,
  *rules({
    stage,
    email: { sender, identity, endpoint } = {},
    tokens,
  }: Unchecked<EmailOfStage & TokenSettings> & { readonly stage: Stage }): Generator<BrokenRule> {
    if (endpoint !== undefined && !isOnOneMachine(stage)) {
      yield { path: 'email.endpoint', message: `is for stages on one machine, got "${endpoint}"` };
    } else if (endpoint !== undefined && !URL.canParse(endpoint)) {
      yield { path: 'email.endpoint', message: `must be a URL, got "${endpoint}"` };
    }
    if (identity === undefined && stage === 'prod' && tokens === undefined) {
      yield {
        path: 'email.identity',
        message:
          "must be an identity that SES has verified: the user pool's e-mails come from it, and Cognito's own mailer sends about 50 a day, got none",
      };
    } else if (identity !== undefined && address.safeParse(sender).success && !belongsTo(`${sender}`, identity)) {
      yield {
        path: 'email.identity',
        message: `must be the sender ${sender}, its domain or one above it, got "${identity}"`,
      };
    }
  },
} satisfies SettingsGroup;
