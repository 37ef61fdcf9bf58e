// The lag metric: one line of the log a batch, whatever its size.
import { expect, it, vi } from 'vitest';
import { lagMetric, spread } from '../../../lambdas/spine/runtime/lag.ts';
import { stageMetrics } from '../../../lambdas/spine/runtime/metrics.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

it.each([1, 99, 100, 10_000])('publishes the lags of a batch of %i in one line', (count) => {
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'loans-by-member-projector');
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  const lines = vi.spyOn(console, 'log').mockImplementation(() => {});
  const warnings = vi.spyOn(console, 'warn').mockImplementation(() => {});
  lagMetric(stageMetrics('dev')).publish(upTo(count));
  const written = lines.mock.calls.map(([line]) => JSON.parse(String(line)));
  expect(warnings).not.toHaveBeenCalled();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  expect(written).toHaveLength(1);
  expect(written[0]).toMatchObject({ service: 'loans-by-member-projector', stage: 'dev' });
  expect(written[0]._aws.CloudWatchMetrics).toEqual([
    {
      Namespace: 'Eventspine',
      Dimensions: [['service', 'stage']],
      Metrics: [{ Name: 'Lag', Unit: 'Milliseconds' }],
    },
  ]);
  expect([written[0].Lag].flat().length).toBe(Math.min(count, 99));
});

it('keeps the least, the greatest and the middle of many', () => {
  const shown = spread([...upTo(10_000)].reverse());
  expect([shown[0], shown[49], shown.at(-1)]).toEqual([1, 5_001, 10_000]);
  expect(spread([5, 3])).toEqual([5, 3]);
});
