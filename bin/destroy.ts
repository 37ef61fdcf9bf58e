// `npm run destroy -- --stage dev`: takes a stage away again, once its name was typed.
import { destroy } from '../lib/deployment/destroy.ts';
import { runCommand } from '../lib/deployment/run-command.ts';

await runCommand(destroy);
