// `npm run ops -- pipeline`: what waits at each hop.
import * as z from 'zod';
import { succeeded } from '../deployment/shop-api.ts';
import type { OpsCommand } from './command.ts';
import { tableText } from './table-text.ts';

const lag = z.object({ p50Ms: z.number(), p99Ms: z.number(), maxMs: z.number() });
const answered = z.object({
  hops: z.array(
    z.object({
      ...{ name: z.string(), kind: z.string(), pending: z.number(), deadLetters: z.number() },
      ...{ oldestSeconds: z.number().nullish(), lag: lag.optional() },
    }),
  ),
  time: z.string(),
});

const COLUMNS = ['hop', 'kind', 'pending', 'oldest (s)', 'dead letters', 'lag p50 (ms)', 'p99', 'max'];

export const pipeline: OpsCommand = {
  usage: [['pipeline', 'every hop: what waits, what failed, how far behind it is']],
  options: {},
  async run({ api, asJson, out }) {
    const answer = succeeded('/ops/pipeline', await api.get('/ops/pipeline'));
    if (asJson) return void out.write(`${JSON.stringify(answer)}\n`);
    const rows = answered
      .parse(answer)
      .hops.map((hop) => [
        ...[hop.name, hop.kind, hop.pending, hop.oldestSeconds ?? undefined, hop.deadLetters],
        ...[hop.lag?.p50Ms, hop.lag?.p99Ms, hop.lag?.maxMs],
      ]);
    out.write(tableText(COLUMNS, rows));
  },
};
