// The commands of `npm run ops`, by name.
import { audit } from './audit.ts';
import type { OpsCommands } from './command-line.ts';
import { deadLetters, redrive } from './dead-letters.ts';
import { pipeline } from './pipeline.ts';
import { rebuild } from './rebuild.ts';

export const commands: OpsCommands = { pipeline, 'dead-letters': deadLetters, redrive, rebuild, audit };
