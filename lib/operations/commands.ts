// The commands of `npm run ops`, by name.
import type { OpsCommands } from './command-line.ts';
import { rebuild } from './rebuild.ts';

export const commands: OpsCommands = { rebuild };
