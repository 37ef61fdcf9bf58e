// What runs: the functions with their triggers and alarms, and the API in front of them.
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { routes } from '../../lambdas/bindings/routes.ts';
import { CommandFunction } from '../constructs/command-function.ts';
import { FanOut } from '../constructs/fan-out.ts';
import type { FrontDoorAddress } from '../constructs/front-door.ts';
import { Notifications } from '../constructs/notifications.ts';
import { OrderFulfilment } from '../constructs/order-fulfilment.ts';
import { OrdersCommand } from '../constructs/orders-command.ts';
import { PaymentCallback } from '../constructs/payment-callback.ts';
import { Projector } from '../constructs/projector.ts';
import { PublicApi } from '../constructs/public-api.ts';
import { QueryFunction } from '../constructs/query-function.ts';
import { Redrive } from '../constructs/redrive.ts';
import { Relay } from '../constructs/relay.ts';
import { PublicRestApi } from '../constructs/rest-api.ts';
import type { FunctionCode } from '../function-bundles.ts';
import type { StageSettings } from '../stage-settings.ts';
import type { StateStack } from './state-stack.ts';

export interface ComputeStackProps extends StackProps {
  readonly settings: StageSettings;
  readonly state: StateStack;
  readonly code: FunctionCode;
}

export class ComputeStack extends Stack {
  readonly api: FrontDoorAddress;

  constructor(scope: Construct, id: string, props: ComputeStackProps) {
    super(scope, id, props);
    this.api = this.addApi(props);
    this.addPipeline(props);
    this.addSubscribers(props);
  }

  private addApi({ settings, state, code }: ComputeStackProps): FrontDoorAddress {
    const { eventTable, readModels, callbackSecret, tokens, userPool } = state;
    const originSecret = state.edge?.originSecret;
    const command = { settings, eventTable, tokens, originSecret };
    const frontDoor = {
      settings,
      routes,
      functions: {
        'orders-command': new OrdersCommand(this, 'orders-command', {
          ...command,
          readModels,
          code: code('orders-command'),
        }),
        'products-command': new CommandFunction(this, 'products-command', {
          ...command,
          code: code('products-command'),
        }),
        'payment-callback': new PaymentCallback(this, 'payment-callback', {
          settings,
          eventTable,
          secret: callbackSecret,
          originSecret,
          code: code('payment-callback'),
        }),
        query: new QueryFunction(this, 'query', {
          settings,
          eventTable,
          readModels,
          tokens,
          originSecret,
          code: code('query'),
        }),
      },
    };
    const api =
      settings.frontDoor === 'http'
        ? new PublicApi(this, 'api', { ...frontDoor, tokens })
        : new PublicRestApi(this, 'rest-api', { ...frontDoor, ...(userPool && { userPool }) });
    new CfnOutput(this, 'ApiUrl', { value: api.url });
    return api;
  }

  /** From the event table to the queues of the subscribers. */
  private addPipeline({ settings, state, code }: ComputeStackProps): void {
    const { eventTable, eventStream, relayFailures, fanOutFailures } = state;
    const subscriptions = [...state.readModels, state.orderFulfilment, state.notifications];
    new Relay(this, 'relay', { settings, eventTable, eventStream, failures: relayFailures, code: code('relay') });
    new FanOut(this, 'fan-out', {
      settings,
      eventStream,
      subscriptions,
      failures: fanOutFailures,
      code: code('fan-out'),
    });
    new Redrive(this, 'redrive', {
      settings,
      eventTable,
      eventStream,
      subscriptions,
      relayFailures,
      fanOutFailures,
      code: code('redrive'),
    });
  }

  private addSubscribers({ settings, state, code }: ComputeStackProps): void {
    const { eventTable, readModels, orderFulfilment, notifications, emailSender, edge } = state;
    for (const readModel of readModels) {
      new Projector(this, `${readModel.projection.name}-projector`, {
        settings,
        eventTable,
        readModel,
        invalidation: edge?.invalidation,
        code: code('projector'),
      });
    }
    new OrderFulfilment(this, 'order-fulfilment', {
      settings,
      eventTable,
      subscription: orderFulfilment,
      code: code('order-fulfilment'),
    });
    new Notifications(this, 'notifications', {
      settings,
      eventTable,
      subscription: notifications,
      sender: emailSender,
      code: code('notifications'),
    });
  }
}
