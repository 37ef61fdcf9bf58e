// The policies that AWS keeps for everyone, by their ids: those that suit an API.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html

const none = {
  HeadersConfig: { HeaderBehavior: 'none' },
  QueryStringsConfig: { QueryStringBehavior: 'none' },
  CookiesConfig: { CookieBehavior: 'none' },
};

export const managedPolicies: Readonly<Record<string, unknown>> = {
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': {
    Name: 'Managed-CachingDisabled',
    MinTTL: 0,
    DefaultTTL: 0,
    MaxTTL: 0,
    ParametersInCacheKeyAndForwardedToOrigin: { ...none, EnableAcceptEncodingGzip: false },
  },
  'b689b0a8-53d0-40ab-baf2-68738e2966ac': {
    Name: 'Managed-AllViewerExceptHostHeader',
    HeadersConfig: { HeaderBehavior: 'allExcept', Headers: ['host'] },
    QueryStringsConfig: { QueryStringBehavior: 'all' },
    CookiesConfig: { CookieBehavior: 'all' },
  },
  '67f7725c-6f97-4210-82d7-5512b31e9d03': {
    Name: 'Managed-SecurityHeadersPolicy',
    SecurityHeadersConfig: {
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'SAMEORIGIN', Override: false },
      ReferrerPolicy: { ReferrerPolicy: 'strict-origin-when-cross-origin', Override: false },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, Override: false },
      XSSProtection: { Protection: true, ModeBlock: true, Override: false },
    },
  },
};
