// The commands of `npm run ops`, by name.
import { audit } from './audit.ts';
import type { OpsCommands } from './command-line.ts';
import { rebuild } from './rebuild.ts';

export const commands: OpsCommands = { audit, rebuild };
