// `npm run seed`: fills a running shop with products, customers and orders in every state.
import { runSeed } from '../lib/seed/run-seed.ts';

await runSeed(process.argv.slice(2));
