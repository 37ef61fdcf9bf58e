// Who issues the tokens that callers bring, as the gateway and the functions check them.

export interface TokenIssuer {
  /** The `iss` claim; OIDC discovery lies below it. */
  readonly issuer: string;
  /** The `aud` claim. */
  readonly audience: string;
  /** Where the issuer publishes its signing keys. */
  readonly jwksUri: string;
}

/**
 * The rules that the token issuer's settings break.
 * @param isOnOneMachine whether tokens and keys stay inside one machine, where plain HTTP will do
 */
export function* brokenTokenRules(tokens: TokenIssuer | undefined, isOnOneMachine: boolean): Generator<string> {
  if (tokens === undefined) return;
  const protocols = isOnOneMachine ? ['http:', 'https:'] : ['https:'];
  const aUrl = isOnOneMachine ? 'an http or https URL' : 'an https URL';
  if (!isUrl(tokens.issuer, protocols)) yield `tokens.issuer must be ${aUrl}, got "${tokens.issuer}"`;
  if (tokens.audience === '') yield 'tokens.audience must not be empty';
  if (!isUrl(tokens.jwksUri, protocols)) yield `tokens.jwksUri must be ${aUrl}, got "${tokens.jwksUri}"`;
}

const isUrl = (text: string, protocols: readonly string[]): boolean => {
  const url = URL.parse(text);
  return url !== null && protocols.includes(url.protocol);
};
