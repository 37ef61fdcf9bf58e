// Reads the HTTP API out of the template: its routes, the function behind each and the token check before it. What the local
// gateway cannot do is refused here, so that no request gets through unchecked.
import { z } from 'zod';
import type { Resource } from '../ports.ts';
import type { CorsSettings } from './cors.ts';
import type { RoutePattern } from './route-table.ts';

export interface ApiRoute extends RoutePattern {
  readonly functionName: string;
  /** How long the function may take before the gateway answers in its place. */
  readonly timeoutInMillis: number;
  readonly authorizer?: JwtAuthorizerSettings;
}

export interface JwtAuthorizerSettings {
  readonly issuer: string;
  readonly audiences: readonly string[];
}

const absent = z.undefined().optional();

const names = z.array(z.string()).default([]);

const corsProperties = z
  .strictObject({
    AllowOrigins: names,
    AllowMethods: names,
    AllowHeaders: names,
    ExposeHeaders: names,
    MaxAge: z.int().nonnegative().default(0),
  })
  .transform(
    ({ AllowOrigins, AllowMethods, AllowHeaders, ExposeHeaders, MaxAge }): CorsSettings => ({
      allowOrigins: AllowOrigins,
      allowMethods: AllowMethods,
      allowHeaders: AllowHeaders,
      exposeHeaders: ExposeHeaders,
      maxAgeInSeconds: MaxAge,
    }),
  );

const apiProperties = z.object({ ProtocolType: z.literal('HTTP'), CorsConfiguration: corsProperties.optional() });

const routeProperties = z.object({
  RouteKey: z.string(),
  Target: z.string().regex(/^integrations\//),
  AuthorizationType: z.enum(['NONE', 'JWT']).default('NONE'),
  AuthorizerId: z.string().optional(),
  AuthorizationScopes: absent,
});

const integrationProperties = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string().regex(/^arn:aws:lambda:.*:function:/),
  PayloadFormatVersion: z.literal('2.0'),
  TimeoutInMillis: z.int().max(30_000).default(30_000),
  RequestParameters: absent,
});

const authorizerProperties = z.object({
  AuthorizerType: z.literal('JWT'),
  IdentitySource: z.tuple([z.literal('$request.header.Authorization')]),
  JwtConfiguration: z.object({ Audience: z.array(z.string()).min(1), Issuer: z.string() }),
});

/** @throws Error that names the resource and the property that the local gateway does not know. */
export function apiRoutes(resources: readonly Resource[]): readonly ApiRoute[] {
  apiCors(resources);
  return ofType(resources, 'Route').map((route) => {
    const { RouteKey, Target, AuthorizationType, AuthorizerId } = parse(route, routeProperties);
    const integration = find(resources, 'Integration', Target.slice('integrations/'.length));
    const { IntegrationUri, TimeoutInMillis } = parse(integration, integrationProperties);
    return {
      key: RouteKey,
      functionName: IntegrationUri.slice(IntegrationUri.lastIndexOf(':') + 1),
      timeoutInMillis: TimeoutInMillis,
      ...(AuthorizationType === 'JWT' && { authorizer: authorizerOf(find(resources, 'Authorizer', AuthorizerId)) }),
    };
  });
}

/**
 * @returns undefined for a template whose API has none
 * @throws Error that names the resource and the property that the local gateway does not know
 */
export const apiCors = (resources: readonly Resource[]): CorsSettings | undefined =>
  ofType(resources, 'Api').map((api) => parse(api, apiProperties).CorsConfiguration)[0];

function authorizerOf(authorizer: Resource): JwtAuthorizerSettings {
  const { Issuer, Audience } = parse(authorizer, authorizerProperties).JwtConfiguration;
  return { issuer: Issuer, audiences: Audience };
}

const ofType = (resources: readonly Resource[], kind: string): readonly Resource[] =>
  resources.filter(({ type }) => type === `AWS::ApiGatewayV2::${kind}`);

function find(resources: readonly Resource[], kind: string, logicalId: string | undefined): Resource {
  const found = ofType(resources, kind).find((resource) => resource.logicalId === logicalId);
  if (found === undefined)
    throw new Error(`A route refers to the ${kind.toLowerCase()} ${logicalId}, which is not there.`);
  return found;
}

function parse<Schema extends z.ZodType>({ stack, path, properties }: Resource, schema: Schema): z.output<Schema> {
  const { data, error } = schema.safeParse(properties);
  if (error) throw new Error(`${stack}/${path} is not what the local gateway knows:\n${z.prettifyError(error)}`);
  return data;
}
