// Who issues the tokens that callers bring, as the gateway and the functions check them.
import * as z from 'zod';
import { text } from './context-texts.ts';
import { textAs } from './fields.ts';
import type { BrokenRule, FieldsOf, GivenKeys, SettingsGroup, Unchecked } from './settings-group.ts';
import { isOnOneMachine, type Stage } from './stages.ts';

const fields = {
  /** Without it the stage makes a Cognito user pool. */
  tokens: z
    .object({
      issuer: textAs('an https URL').describe('The `iss` claim; OIDC discovery lies below it.'),
      audience: z.string().min(1, { error: 'must not be empty' }).describe('The `aud` claim.'),
      jwksUri: textAs('an https URL').describe('Where the issuer publishes its signing keys.'),
    })
    .exactOptional(),
};

export type TokenSettings = FieldsOf<typeof fields>;
export type TokenIssuer = NonNullable<TokenSettings['tokens']>;

const keys = {
  tokenIssuer: { sets: 'tokens.issuer', reads: text },
  tokenAudience: { sets: 'tokens.audience', reads: text, values: 'a text' },
  tokenJwksUri: { sets: 'tokens.jwksUri', reads: text },
} as const;

export const tokenIssuer = {
  title: 'Token issuer',
  fields,
  keys,
  defaults: {
    local: {
      tokens: {
        issuer: 'https://issuer.eventspine.localhost',
        audience: 'eventspine',
        jwksUri: 'http://127.0.0.1:3000/local/jwks.json',
      },
    },
    // An issuer beside it, because the free plan of LocalStack has no Cognito.
    localstack: {
      tokens: {
        issuer: 'http://127.0.0.1:3001/local',
        audience: 'eventspine',
        jwksUri: 'http://issuer:3001/local/jwks.json',
      },
    },
    dev: {},
    prod: {},
  } satisfies Record<Stage, TokenSettings>,
  *conflicts(given: GivenKeys): Generator<string> {
    const names = Object.keys(keys);
    const missing = names.filter((name) => given[name] === undefined);
    if (missing.length > 0 && missing.length < names.length) {
      yield `Another token issuer takes all of ${names.join(', ')}; missing: ${missing.join(', ')}`;
    }
  },
  *rules({ stage, tokens = {} }: Unchecked<TokenSettings> & { readonly stage: Stage }): Generator<BrokenRule> {
    const protocols = isOnOneMachine(stage) ? ['http:', 'https:'] : ['https:'];
    const aUrl = isOnOneMachine(stage) ? 'an http or https URL' : 'an https URL';
    for (const name of ['issuer', 'jwksUri'] as const) {
      const url = tokens[name];
      if (url !== undefined && !isUrl(url, protocols)) {
        yield { path: `tokens.${name}`, message: `must be ${aUrl}, got "${url}"` };
      }
    }
  },
} satisfies SettingsGroup;

const isUrl = (url: string, protocols: readonly string[]): boolean =>
  protocols.includes(URL.parse(url)?.protocol ?? '');
