// `npm run seed`, from its arguments to its summary.
import { confirm } from '../deployment/confirm.ts';
import { DeploymentError } from '../deployment/deployment-error.ts';
import { withErrorsInALine } from '../deployment/run-command.ts';
import { ShopApi } from '../deployment/shop-api.ts';
import { readSeedCommandLine, type SeedCommandLine, usage } from './command-line.ts';
import { progressOn } from './progress.ts';
import { seed } from './seed.ts';
import { assortment } from './stock-shop.ts';
import { summary } from './summary.ts';
import { tokensFor } from './tokens.ts';

export const runSeed = (args: readonly string[]): Promise<void> =>
  withErrorsInALine(async () => {
    const line = readSeedCommandLine(args, process.env);
    if (line === undefined) return void process.stdout.write(usage);
    await checkServes(line.apiUrl);
    if (!isOnThisMachine(line.apiUrl) && !line.assumesYes) {
      await confirm(`Put ${assortment.length} products and ${line.orders} orders into ${line.apiUrl}?`, 'yes');
    }
    await fill(line);
  });

async function fill({ apiUrl, orders, userPool }: SeedCommandLine): Promise<void> {
  const tokens = await tokensFor({ apiUrl, ...(userPool && { userPool }), environment: process.env });
  const progress = progressOn(process.stderr);
  try {
    const seeded = await seed({ apiUrl, tokens, orders, onProgress: progress.show });
    const isLocal = (await new ShopApi(apiUrl).get('/local/status')).status === 200;
    process.stdout.write(`\n${summary({ apiUrl, orders: seeded, planned: orders, isLocal })}\n`);
  } finally {
    progress.end();
    await tokens.end();
  }
}

/** @throws DeploymentError that says how to get a shop to fill */
async function checkServes(apiUrl: string): Promise<void> {
  const answer = await new ShopApi(apiUrl).get('/health').catch((cause: unknown) => {
    throw new DeploymentError(`No shop answers at ${apiUrl}. \`npm start\` runs one here; --api names another.`, {
      cause,
    });
  });
  if (answer.status === 200) return;
  throw new DeploymentError(
    `${apiUrl}/health answered ${answer.status}: no shop of Eventspine, or one that is not well.`,
  );
}

const isOnThisMachine = (apiUrl: string): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(apiUrl).hostname);
