// What runs: the functions with their triggers and alarms, and the HTTP API in front of them.
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { routes } from '../../lambdas/bindings/routes.ts';
import { CommandFunction } from '../constructs/command-function.ts';
import { FanOut } from '../constructs/fan-out.ts';
import { Projector } from '../constructs/projector.ts';
import { PublicApi } from '../constructs/public-api.ts';
import { QueryFunction } from '../constructs/query-function.ts';
import { Relay } from '../constructs/relay.ts';
import type { FunctionCode } from '../function-bundles.ts';
import type { StageSettings } from '../stage-settings.ts';
import type { StateStack } from './state-stack.ts';

export interface ComputeStackProps extends StackProps {
  readonly settings: StageSettings;
  readonly state: StateStack;
  readonly code: FunctionCode;
}

export class ComputeStack extends Stack {
  constructor(scope: Construct, id: string, props: ComputeStackProps) {
    super(scope, id, props);
    const { settings, code } = props;
    const { eventTable, eventStream, relayFailures, fanOutFailures, readModels, tokens } = props.state;

    const command = { settings, eventTable, tokens };
    const api = new PublicApi(this, 'api', {
      settings,
      routes,
      tokens,
      functions: {
        'orders-command': new CommandFunction(this, 'orders-command', { ...command, code: code('orders-command') }),
        'products-command': new CommandFunction(this, 'products-command', {
          ...command,
          code: code('products-command'),
        }),
        query: new QueryFunction(this, 'query', { settings, eventTable, readModels, tokens, code: code('query') }),
      },
    });
    new CfnOutput(this, 'ApiUrl', { value: api.url });

    new Relay(this, 'relay', { settings, eventTable, eventStream, failures: relayFailures, code: code('relay') });
    new FanOut(this, 'fan-out', {
      settings,
      eventStream,
      subscriptions: readModels,
      failures: fanOutFailures,
      code: code('fan-out'),
    });
    for (const readModel of readModels) {
      const id = `${readModel.projection.name}-projector`;
      new Projector(this, id, { settings, eventTable, readModel, code: code('projector') });
    }
  }
}
