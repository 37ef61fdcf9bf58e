// What stands before the API: how long it keeps answers, what it spends on purging them, and whom it lets in.

export interface EdgeSettings {
  /** How long the edge may keep an answer (`s-maxage`): the bound on staleness when an invalidation never comes. */
  readonly sharedLifetimeInSeconds: number;
  readonly invalidation: InvalidationSettings;
  /**
   * Requests of one address within five minutes above which a web ACL of AWS WAF refuses it. CloudFront takes web ACLs
   * from us-east-1 only, so a stage with a limit has to be deployed there.
   * @default no limit
   */
  readonly rateLimitPerFiveMinutes?: number;
  /**
   * A web ACL that the account has already, in whichever region the stage is.
   * @default none
   */
  readonly webAclArn?: string;
  /**
   * Version of the secret that locks the origin, which the edge sends. CloudFormation does not look for a new value by itself, so
   * `npm run deploy` pins the current one.
   * @default the one that is current when each is deployed, as a stage's first deployment has it
   */
  readonly originSecretVersionId?: string;
  /**
   * A version that the functions accept beside that one, while a new one takes the place of the old.
   * @default none
   */
  readonly alsoAcceptedSecretVersionId?: string;
  /**
   * A domain of your own, and the certificate for it.
   * @default the name that CloudFront gives
   */
  readonly domain?: EdgeDomain;
}

export interface InvalidationSettings {
  /** How long Lambda gathers messages for one batch, at most; 0 takes what is there. */
  readonly windowInSeconds: number;
  /** Tokens that the budget gains in a month. A tag takes one, each time it is invalidated. */
  readonly tagsPerMonth: number;
  /** Most tokens that the budget saves up, so no month sees more than `tagsPerMonth + burst` tags. */
  readonly burst: number;
  /** Number of a collection's tags above which the collection's own tag is invalidated in their place. */
  readonly collapseAbove: number;
}

interface EdgeDomain {
  readonly name: string;
  /** ARN of a certificate in us-east-1, the only region that CloudFront takes them from. */
  readonly certificateArn: string;
}

/** Edge settings before they are checked: a command line may give a part of the domain. */
export type EdgeDraft = Omit<EdgeSettings, 'domain'> & { readonly domain?: Partial<EdgeDomain> };

/** What replaces a stage's own edge settings; `off` leaves the edge away. */
export type EdgeOverride =
  | 'off'
  | (Partial<Omit<EdgeDraft, 'invalidation'>> & { readonly invalidation?: Partial<InvalidationSettings> });

/**
 * The edge settings of a stage with some of them replaced, as a part of its settings.
 * @param defaults `undefined` on a stage that has no edge
 * @throws Error when a stage without an edge is given settings for one
 */
export function overriddenEdge(defaults?: EdgeDraft, override?: EdgeOverride): { readonly edge?: EdgeDraft } {
  if (override === 'off') return {};
  if (defaults === undefined) {
    if (override !== undefined) throw new Error('This stage has no edge: edge must be off or not given.');
    return {};
  }
  return { edge: { ...defaults, ...override, invalidation: { ...defaults.invalidation, ...override?.invalidation } } };
}
