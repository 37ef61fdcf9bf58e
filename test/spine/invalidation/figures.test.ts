import { afterEach, expect, it, vi } from 'vitest';
import { publishFigures } from '../../../lambdas/spine/edge/figures.ts';
import { stageMetrics } from '../../../lambdas/spine/runtime/metrics.ts';

afterEach(() => vi.restoreAllMocks());

it('publishes a batch as one line in the Embedded Metric Format', () => {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  publishFigures(stageMetrics('dev'), { tagsChanged: 5, tagsInvalidated: 2, calls: 1, tagsDropped: 0, tokensLeft: 98 });
  vi.restoreAllMocks();
  expect(lines).toHaveLength(1);
  const { _aws, ...values } = JSON.parse(lines[0] ?? '');
  expect(values).toEqual({
    stage: 'dev',
    service: expect.any(String),
    TagsChanged: 5,
    TagsInvalidated: 2,
    InvalidationCalls: 1,
    TagsDropped: 0,
    TokensLeft: 98,
  });
  expect(_aws.CloudWatchMetrics).toMatchObject([{ Namespace: 'Eventspine', Dimensions: [['service', 'stage']] }]);
});
