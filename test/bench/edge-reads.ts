// How fast the edge of the local host answers: reads per second and latencies of a miss, a hit and a 304, as ratios of each other
// in one run. `npm run bench`
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pMap from 'p-map';
import { type Answer, ApiClient } from '../support/api-client.ts';
import type { StatusBody } from '../support/contract-bodies.ts';
import { newDataDirectory, startEventspine } from '../support/eventspine.ts';
import { listProduct } from '../support/shop.ts';

const PRODUCTS = 400;
const CLIENTS = 16;
const ROUNDS = 5;

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

const dataDirectory = await newDataDirectory();
const host = await startEventspine(dataDirectory);
try {
  const anyone = new ApiClient(host.url);
  const { body } = await anyone.post<{ access_token: string }>('/local/token', { sub: 'clerk', groups: ['staff'] });
  const staff = anyone.as(body.access_token);
  const products = await pMap(Array.from({ length: PRODUCTS }), () => listProduct(staff), { concurrency: CLIENTS });
  while (!(await anyone.get<StatusBody>('/local/status')).body.idle) await sleep(50);
  const paths = products.map(({ sku }) => `/products/${sku}`);
  const often = Array.from({ length: ROUNDS }, () => paths).flat();

  const miss = await measure(paths, (path) => anyone.get(path), 'Miss from cloudfront');
  const hit = await measure(often, (path) => anyone.get(path), 'Hit from cloudfront');
  const notModified = await measure(
    often,
    (path) => anyone.get(path, { 'if-none-match': '"1"' }),
    'Hit from cloudfront',
  );
  const rows = [compared('miss', miss, miss), compared('hit', hit, miss), compared('304', notModified, miss)];
  for (const row of rows) process.stdout.write(`${JSON.stringify(row)}\n`);
} finally {
  await host.stop();
  await rm(dataDirectory, { recursive: true });
}
