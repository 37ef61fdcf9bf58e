import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { stages } from '../../lib/stage-settings.ts';
import { appOf } from './deployment.ts';

describe.each(stages)('the rule packs on the %s stage', (stage) => {
  const app = appOf(stage);

  it('AwsSolutions finds nothing that is not acknowledged with a reason', () => {
    expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
  });

  it('Serverless finds nothing that is not acknowledged with a reason', () => {
    expect(new ServerlessChecks(app).validateScope(app).violations).toEqual([]);
  });
});
