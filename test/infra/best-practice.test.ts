import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { stages } from '../../lib/stage-settings.ts';
import { appOf } from './deployment.ts';

const variants = [
  ...stages.map((stage) => ({ stage, overrides: {}, front: 'as it is' })),
  { stage: 'prod', overrides: { frontDoor: 'rest' }, front: 'with a REST API and a user pool' } as const,
];

describe.each(variants)('the rule packs on the stage $stage, $front', ({ stage, overrides }) => {
  const app = appOf(stage, overrides);

  it('AwsSolutions finds nothing that is not acknowledged with a reason', () => {
    expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
  });

  it('Serverless finds nothing that is not acknowledged with a reason', () => {
    expect(new ServerlessChecks(app).validateScope(app).violations).toEqual([]);
  });
});
