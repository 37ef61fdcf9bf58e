// Applies a response headers policy to the headers of an answer.
import * as z from 'zod';
import { type CorsSettings, corsHeaders, withCorsHeaders } from '../gateway/cors.ts';
import type { HttpRequest } from '../gateway/http-exchange.ts';

export interface ResponseHeaders {
  /** Names in lower case. */
  readonly removed: readonly string[];
  readonly set: readonly HeaderSetting[];
  readonly cors?: CorsSettings;
}

interface HeaderSetting {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
  /** Whether it takes the place of the origin's. */
  readonly overrides: boolean;
}

export const noResponseHeaders: ResponseHeaders = { removed: [], set: [] };

const setting = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject({ Override: z.boolean(), ...shape });
const yes = z.boolean().default(false);

const contentSecurityPolicy = setting({ ContentSecurityPolicy: z.string() }).transform(
  ({ ContentSecurityPolicy: value, Override: overrides }) => ({ name: 'content-security-policy', value, overrides }),
);
const contentTypeOptions = setting({}).transform(({ Override: overrides }) => ({
  name: 'x-content-type-options',
  value: 'nosniff',
  overrides,
}));
const frameOptions = setting({ FrameOption: z.string() }).transform(({ FrameOption: value, Override: overrides }) => ({
  name: 'x-frame-options',
  value,
  overrides,
}));
const referrerPolicy = setting({ ReferrerPolicy: z.string() }).transform(
  ({ ReferrerPolicy: value, Override: overrides }) => ({ name: 'referrer-policy', value, overrides }),
);
const strictTransportSecurity = setting({
  AccessControlMaxAgeSec: z.int(),
  IncludeSubdomains: yes,
  Preload: yes,
}).transform(({ AccessControlMaxAgeSec, IncludeSubdomains, Preload, Override: overrides }) => {
  const directives = [`max-age=${AccessControlMaxAgeSec}`];
  if (IncludeSubdomains) directives.push('includeSubDomains');
  if (Preload) directives.push('preload');
  return { name: 'strict-transport-security', value: directives.join('; '), overrides };
});
const xssProtection = setting({ Protection: z.boolean(), ModeBlock: yes }).transform(
  ({ Protection, ModeBlock, Override: overrides }) => ({
    name: 'x-xss-protection',
    value: `${Number(Protection)}${ModeBlock ? '; mode=block' : ''}`,
    overrides,
  }),
);

const securityHeaders = z
  .strictObject({
    ContentSecurityPolicy: contentSecurityPolicy.optional(),
    ContentTypeOptions: contentTypeOptions.optional(),
    FrameOptions: frameOptions.optional(),
    ReferrerPolicy: referrerPolicy.optional(),
    StrictTransportSecurity: strictTransportSecurity.optional(),
    XSSProtection: xssProtection.optional(),
  })
  .transform((headers): HeaderSetting[] => Object.values(headers).filter((header) => header !== undefined));

const items = z.strictObject({ Items: z.array(z.string()) }).transform(({ Items }) => Items);

const corsConfig = z
  .strictObject({
    AccessControlAllowCredentials: z.literal(false),
    AccessControlAllowOrigins: items,
    AccessControlAllowMethods: items,
    AccessControlAllowHeaders: items,
    AccessControlExposeHeaders: items,
    AccessControlMaxAgeSec: z.int(),
    // A kept answer has the headers for the first viewer that asked.
    OriginOverride: z.literal(true),
  })
  .transform(
    (cors): CorsSettings => ({
      allowOrigins: cors.AccessControlAllowOrigins,
      allowMethods: cors.AccessControlAllowMethods,
      allowHeaders: cors.AccessControlAllowHeaders,
      exposeHeaders: cors.AccessControlExposeHeaders,
      maxAgeInSeconds: cors.AccessControlMaxAgeSec,
    }),
  );

const customHeader = setting({ Header: z.string(), Value: z.string() }).transform(
  ({ Header, Value: value, Override: overrides }) => ({ name: Header.toLowerCase(), value, overrides }),
);

export const responseHeadersPolicyConfig = z
  .strictObject({
    Name: z.string(),
    Comment: z.string().optional(),
    CorsConfig: corsConfig.optional(),
    SecurityHeadersConfig: securityHeaders.default([]),
    CustomHeadersConfig: z.strictObject({ Items: z.array(customHeader) }).default({ Items: [] }),
    RemoveHeadersConfig: z
      .strictObject({ Items: z.array(z.strictObject({ Header: z.string() })) })
      .default({ Items: [] }),
  })
  .transform(
    ({ SecurityHeadersConfig, CustomHeadersConfig, RemoveHeadersConfig, CorsConfig }): ResponseHeaders => ({
      ...(CorsConfig && { cors: CorsConfig }),
      removed: RemoveHeadersConfig.Items.map(({ Header }) => Header.toLowerCase()),
      set: [...SecurityHeadersConfig, ...CustomHeadersConfig.Items],
    }),
  );

/** @param headers by names in lower case */
export function withPolicyHeaders(
  headers: Readonly<Record<string, string>>,
  { removed, set, cors }: ResponseHeaders,
  request: Pick<HttpRequest, 'method' | 'headers'>,
): Record<string, string> {
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !removed.includes(name)));
  for (const { name, value, overrides } of set) if (overrides || kept[name] === undefined) kept[name] = value;
  return cors === undefined ? kept : withCorsHeaders(kept, corsHeaders(cors, request));
}
