// `npm run ops -- rebuild`: begins one, tells what it takes, shows how far it is, cancels it.
import { DeploymentError } from '../deployment/deployment-error.ts';
import { succeeded } from '../deployment/shop-api.ts';
import type { OpsCommand, OpsContext } from './command.ts';
import { progress, type RebuildProgress, started } from './rebuild-answers.ts';
import { barOf, estimateText, progressText } from './rebuild-text.ts';

const BETWEEN_LOOKS_IN_MILLIS = 500;

export const rebuild: OpsCommand = {
  usage: [
    ['rebuild <readModel>', 'fold all rows of a read model anew'],
    ['  --dry-run', 'only tell what it takes'],
    ['  --watch', 'wait until it is over, and show how far it is'],
    ['rebuild --status ID', 'how far a rebuild is; with --watch until it is over'],
    ['rebuild --cancel ID', 'stop it where it is'],
  ],
  options: {
    'dry-run': { type: 'boolean' },
    watch: { type: 'boolean' },
    status: { type: 'string' },
    cancel: { type: 'string' },
  },
  async run(context) {
    const { flags, names } = context;
    const { status, cancel } = flags;
    if (typeof cancel === 'string') return show(context, await post(context, `${pathOf(cancel)}/cancel`, {}));
    if (typeof status === 'string') return flags['watch'] ? watch(context, status) : look(context, status);
    const [readModel, ...more] = names;
    if (readModel === undefined || more.length > 0) {
      throw new DeploymentError('rebuild takes the name of one read model: npm run ops -- rebuild <readModel>.');
    }
    await begin(context, readModel);
  },
};

async function begin(context: OpsContext, readModel: string): Promise<void> {
  const { flags, asJson, out } = context;
  const dryRun = flags['dry-run'] === true;
  const answer = started.parse(await post(context, '/ops/rebuilds', { readModel, ...(dryRun && { dryRun }) }));
  const { rebuildId } = answer;
  if (rebuildId === undefined || flags['watch'] !== true) {
    out.write(asJson ? `${JSON.stringify(answer)}\n` : estimateText(readModel, answer));
    return;
  }
  if (!asJson) out.write(estimateText(readModel, answer));
  await watch(context, rebuildId);
}

/** @throws DeploymentError for a rebuild that did not get to its end */
async function watch(context: OpsContext, id: string): Promise<void> {
  const { progress: shownOn, asJson, wait } = context;
  const isShown = shownOn.isTTY === true && !asJson;
  let now = await lookAt(context, id);
  while (now.state === 'running') {
    if (isShown) shownOn.write(`\r${barOf(now)}`);
    await wait(BETWEEN_LOOKS_IN_MILLIS);
    now = await lookAt(context, id);
  }
  if (isShown) shownOn.write(`\r${barOf(now)}\n`);
  show(context, now);
  if (now.state !== 'done') throw new DeploymentError(`The rebuild of ${now.readModel} is ${now.state}.`);
}

const pathOf = (id: string): string => `/ops/rebuilds/${encodeURIComponent(id)}`;

const lookAt = async ({ api }: OpsContext, id: string): Promise<RebuildProgress> => {
  const path = pathOf(id);
  return progress.loose().parse(succeeded(path, await api.get(path)));
};

const look = async (context: OpsContext, id: string): Promise<void> => show(context, await lookAt(context, id));

const post = async ({ api }: OpsContext, path: string, body: unknown): Promise<unknown> =>
  succeeded(path, await api.post(path, body));

function show({ asJson, out }: OpsContext, answer: unknown): void {
  out.write(asJson ? `${JSON.stringify(answer)}\n` : progressText(progress.parse(answer)));
}
