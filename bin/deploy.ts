// `npm run deploy -- --stage dev`: shows what would change, asks, deploys, and has an order confirmed on what it deployed.
import { deploy } from '../lib/deployment/deploy.ts';
import { runCommand } from '../lib/deployment/run-command.ts';

await runCommand(deploy);
