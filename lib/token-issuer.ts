// Who issues the tokens that callers bring, as the gateway and the functions check them.

export interface TokenIssuer {
  /** The `iss` claim; OIDC discovery lies below it. */
  readonly issuer: string;
  /** The `aud` claim. */
  readonly audience: string;
  /** Where the issuer publishes its signing keys. */
  readonly jwksUri: string;
}
