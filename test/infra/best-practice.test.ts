import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import type { EdgeOverride } from '../../lib/edge-settings.ts';
import { stages } from '../../lib/stage-settings.ts';
import { appOf } from './deployment.ts';

const edges: Readonly<Record<string, EdgeOverride>> = {
  'as it is': {},
  'without an edge': 'off',
  'with a web ACL and a domain': {
    rateLimitPerFiveMinutes: 2_000,
    domain: { name: 'api.shop.example', certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/5c0f' },
  },
};
const variants = stages.flatMap((stage) => Object.entries(edges).map(([what, edge]) => ({ stage, what, edge })));

describe.each(variants)('the rule packs on the $stage stage $what', ({ stage, edge }) => {
  const app = appOf(stage, { edge });

  it('AwsSolutions finds nothing that is not acknowledged with a reason', () => {
    expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
  });

  it('Serverless finds nothing that is not acknowledged with a reason', () => {
    expect(new ServerlessChecks(app).validateScope(app).violations).toEqual([]);
  });
});
