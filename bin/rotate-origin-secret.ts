// `npm run rotate-origin-secret -- --stage dev`: a new secret between the edge and the API, while requests flow.
import { rotateOriginSecret } from '../lib/deployment/rotate-origin-secret.ts';
import { runCommand } from '../lib/deployment/run-command.ts';

await runCommand(rotateOriginSecret);
