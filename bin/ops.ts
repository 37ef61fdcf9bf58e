// `npm run ops`: what operators do, as a client of the routes under `/ops`.
import { runOps } from '../lib/operations/run-ops.ts';

await runOps(process.argv.slice(2));
