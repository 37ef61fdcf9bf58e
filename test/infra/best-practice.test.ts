import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import type { ShopOverrides } from '../../lib/shop/settings/shop-settings.ts';
import { type Stage, stages } from '../../lib/spine/settings/stages.ts';
import { appOf } from './deployment.ts';

const edges: Readonly<Record<string, NonNullable<ShopOverrides['edge']>>> = {
  'as it is': {},
  'without an edge': 'off',
  'with a web ACL and a domain': {
    rateLimitPerFiveMinutes: 2_000,
    domain: { name: 'api.shop.example', certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/5c0f' },
  },
};
const variants: readonly { readonly stage: Stage; readonly what: string; readonly overrides: ShopOverrides }[] = [
  ...stages.flatMap((stage) =>
    Object.entries(edges).map(([what, edge]) => ({ stage, what, overrides: stage === 'localstack' ? {} : { edge } })),
  ),
  { stage: 'prod', what: 'with a REST API and a user pool', overrides: { frontDoor: 'rest' } },
];

describe.each(variants)('the rule packs on the $stage stage $what', ({ stage, overrides }) => {
  const app = appOf(stage, overrides);

  it('AwsSolutions finds nothing that is not acknowledged with a reason', () => {
    expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
  });

  it('Serverless finds nothing that is not acknowledged with a reason', () => {
    expect(new ServerlessChecks(app).validateScope(app).violations).toEqual([]);
  });
});
