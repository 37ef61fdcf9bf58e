// `npm run ops -- audit`: asks for one, waits for it, shows what one has found.
import * as z from 'zod';
import { DeploymentError } from '../deployment/deployment-error.ts';
import { succeeded } from '../deployment/shop-api.ts';
import { type AuditAnswer, answer, auditText } from './audit-text.ts';
import type { OpsCommand, OpsContext } from './command.ts';

const BETWEEN_LOOKS_IN_MILLIS = 1_000;

const started = z.object({ auditId: z.string() });

export const audit: OpsCommand = {
  usage: [
    ['audit [recent|full]', 'compare the event table with what every subscriber has, and repair (default recent)'],
    ['  --watch', 'wait until it is over: what is recent is looked at when it is 20 s old'],
    ['audit --status ID', 'what an audit has found; `latest` works; with --watch when it is over'],
  ],
  options: { watch: { type: 'boolean' }, status: { type: 'string' } },
  async run(context) {
    const { flags, names, asJson, out } = context;
    const isWatched = flags['watch'] === true;
    if (typeof flags['status'] === 'string') return show(context, await lookAt(context, flags['status'], isWatched));
    const [scope = 'recent', ...more] = names;
    if (more.length > 0 || (scope !== 'recent' && scope !== 'full')) {
      throw new DeploymentError('audit takes recent or full: npm run ops -- audit [recent|full].');
    }
    const begun = started.parse(succeeded('/ops/audits', await context.api.post('/ops/audits', { scope })));
    if (isWatched) return show(context, await lookAt(context, begun.auditId, true));
    out.write(asJson ? `${JSON.stringify(begun)}\n` : `Audit ${begun.auditId} of what is ${scope} was asked for.\n`);
  },
};

/** @param isWatched whether to look until it is over */
async function lookAt({ api, wait }: OpsContext, id: string, isWatched: boolean): Promise<AuditAnswer> {
  const path = `/ops/audits/${encodeURIComponent(id)}`;
  for (;;) {
    const found = answer.loose().parse(succeeded(path, await api.get(path)));
    if (!isWatched || found.state !== 'running') return found;
    await wait(BETWEEN_LOOKS_IN_MILLIS);
  }
}

function show({ asJson, out }: OpsContext, found: AuditAnswer): void {
  out.write(asJson ? `${JSON.stringify(found)}\n` : auditText(found));
}
