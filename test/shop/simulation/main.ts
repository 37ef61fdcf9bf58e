// npm run simulate
import './quiet.ts';
import { runSimulations } from '../../../lambdas/spine/testing/simulator/run.ts';
import { simulatedShop } from './shop.ts';

process.exitCode = await runSimulations(simulatedShop, process.argv.slice(2), (line) =>
  process.stdout.write(`${line}\n`),
);
