// The command line of `npm run deploy` and `npm run destroy`.
import { parseArgs } from 'node:util';
import { type Stage, stages } from '../spine/settings/stages.ts';
import { DeploymentError } from './deployment-error.ts';

export interface CommandLine {
  readonly stage: Exclude<Stage, 'local'>;
  /** Settings as the CDK takes them: `emailSender=orders@shop.example`. */
  readonly context: readonly string[];
  /** Goes on without asking. */
  readonly assumesYes: boolean;
  /** Whether a test order is placed after the deployment. */
  readonly placesOrder: boolean;
}

const deployed = stages.filter((stage) => stage !== 'local');

const usage = `Usage: npm run deploy|destroy|rotate-origin-secret -- --stage ${deployed.join('|')} [-c <setting>=<value> …] [--yes] [--smoke|--no-smoke]`;

/** @throws DeploymentError that says what is wrong and what would be right */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { stage: name, context = [], yes = false, smoke } = optionsIn(args);
  const stage = deployed.find((known) => known === name);
  if (stage === undefined) {
    throw new DeploymentError(`--stage must be one of ${deployed.join(', ')}, got ${name ?? 'none'}.\n${usage}`);
  }
  const malformed = context.find((setting) => !/^[\w:-]+=/.test(setting));
  if (malformed !== undefined) throw new DeploymentError(`-c takes <setting>=<value>, got "${malformed}".\n${usage}`);
  refuseTargets(context);
  // A shop that sells should have no test product and no test order.
  return { stage, context, assumesYes: yes, placesOrder: smoke ?? stage !== 'prod' };
}

/** The CDK takes the last value of a key: a stage there would be another one than the user is asked about. */
function refuseTargets(context: readonly string[]): void {
  if (context.some((setting) => setting.startsWith('stage=')))
    throw new DeploymentError(`The stage is named by --stage, not by -c stage.\n${usage}`);
  if (context.some((setting) => setting.startsWith('app=')))
    throw new DeploymentError(
      `This command knows the application of cdk.json. Another takes npx cdk deploy|destroy --all -c app=<folder> -c stage=<stage>.\n${usage}`,
    );
}

function optionsIn(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        stage: { type: 'string' },
        context: { type: 'string', short: 'c', multiple: true },
        yes: { type: 'boolean', short: 'y' },
        smoke: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new DeploymentError(`${(error as Error).message}\n${usage}`);
  }
}
