// How fast the edge of the local host answers: reads per second and latencies of a miss, a hit and a 304, as ratios of each other
// in one run.
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pMap from 'p-map';
import { ulid } from 'ulid';
import { type Answer, ApiClient } from '../../test/support/api-client.ts';
import type { StatusBody } from '../../test/support/contract-bodies.ts';
import { newDataDirectory, startEventspine } from '../../test/support/eventspine.ts';
import type { Bench, BenchOptions, Row } from '../suite/definition.ts';

const PRODUCTS = 400;
const CLIENTS = 16;

interface Figures {
  readonly readsPerSecond: number;
  readonly p50InMillis: number;
  readonly p99InMillis: number;
}

async function measure(paths: readonly string[], read: (path: string) => Promise<Answer>, served: string) {
  const latencies: number[] = [];
  const startedAt = performance.now();
  await pMap(
    paths,
    async (path) => {
      const sentAt = performance.now();
      const { headers } = await read(path);
      latencies.push(performance.now() - sentAt);
      const from = headers.get('x-cache');
      if (from !== served) throw new Error(`${path} should be a ${served}, and is a ${from}`);
    },
    { concurrency: CLIENTS },
  );
  const seconds = (performance.now() - startedAt) / 1000;
  latencies.sort((one, other) => one - other);
  const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? 0;
  return { readsPerSecond: paths.length / seconds, p50InMillis: at(0.5), p99InMillis: at(0.99) };
}

const rounded = (value: number): number => Number(value.toPrecision(3));

const compared = (name: string, figures: Figures, base: Figures) => ({
  read: name,
  'reads/s': rounded(figures.readsPerSecond),
  'p50 ms': rounded(figures.p50InMillis),
  'p99 ms': rounded(figures.p99InMillis),
  'rate / miss': rounded(figures.readsPerSecond / base.readsPerSecond),
  'p50 / miss': rounded(figures.p50InMillis / base.p50InMillis),
});

export const bench: Bench = {
  name: 'edge',
  summary: "reads at the local host's edge: misses, hits, 304s and reads of what was just written",
  async run(options) {
    const host = await startEventspine(await newDataDirectory());
    try {
      return { rows: await reads(new ApiClient(host.url), options) };
    } finally {
      await host.stop();
      await rm(host.dataDirectory, { recursive: true });
    }
  },
};

async function reads(anyone: ApiClient, { rounds, isQuick }: BenchOptions): Promise<Row[]> {
  const { body } = await anyone.post<{ access_token: string }>('/local/token', { sub: 'clerk', groups: ['staff'] });
  const staff = anyone.as(body.access_token);
  const list = async () => {
    const sku = `SKU-${ulid()}`;
    const product = { sku, name: 'Walnut desk', unitPrice: 12_500, currency: 'EUR' };
    const { headers } = await staff.post('/products', product);
    return { path: `/products/${sku}`, token: headers.get('consistency-token') ?? '' };
  };
  const products = await pMap(Array.from({ length: isQuick ? 40 : PRODUCTS }), list, { concurrency: CLIENTS });
  while (!(await anyone.get<StatusBody>('/local/status')).body.idle) await sleep(50);
  const paths = products.map(({ path }) => path);
  const consistent = products.map(({ path, token }) => `${path}?consistentWith=${encodeURIComponent(token)}`);
  const often = Array.from({ length: rounds }, () => paths).flat();

  const get = (path: string) => anyone.get(path);
  const miss = await measure(paths, get, 'Miss from cloudfront');
  const hit = await measure(often, get, 'Hit from cloudfront');
  const ifNewer = (path: string) => anyone.get(path, { 'if-none-match': '"1"' });
  const notModified = await measure(often, ifNewer, 'Hit from cloudfront');
  const written = await measure(consistent, get, 'Miss from cloudfront');
  return [
    compared('miss', miss, miss),
    compared('hit', hit, miss),
    compared('304', notModified, miss),
    compared('consistentWith', written, miss),
  ];
}
