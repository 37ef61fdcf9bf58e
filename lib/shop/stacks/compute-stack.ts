// What runs: the functions with their triggers and alarms, and the API in front of them.
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { SECURITY_LOG_KEY } from '../../../lambdas/spine/bindings/environment.ts';
import { routes } from '../../../lambdas/spine/bindings/routes.ts';
import { CommandFunction } from '../../spine/api/command-function.ts';
import type { FrontDoorAddress } from '../../spine/api/front-door.ts';
import { PublicApi } from '../../spine/api/public-api.ts';
import { capConcurrency } from '../../spine/api/public-concurrency.ts';
import { QueryFunction } from '../../spine/api/query-function.ts';
import { PublicRestApi } from '../../spine/api/rest-api.ts';
import type { FunctionCode } from '../../spine/bundles/function-bundles.ts';
import { FanOut } from '../../spine/events/fan-out.ts';
import { Projector } from '../../spine/events/projector.ts';
import { Redrive } from '../../spine/events/redrive.ts';
import { Relay } from '../../spine/events/relay.ts';
import { Notifier } from '../../spine/notifications/notifier.ts';
import { StageAlarms, type StageAlarmsProps } from '../../spine/operations/stage-alarms.ts';
import { OrderFulfilment } from '../constructs/order-fulfilment.ts';
import { OrdersCommand } from '../constructs/orders-command.ts';
import { PaymentCallback } from '../constructs/payment-callback.ts';
import type { ShopSettings } from '../settings/shop-settings.ts';
import type { StateStack } from './state-stack.ts';

export interface ComputeStackProps extends StackProps {
  readonly settings: ShopSettings;
  readonly state: StateStack;
  readonly code: FunctionCode;
}

export class ComputeStack extends Stack {
  readonly api: FrontDoorAddress;

  constructor(scope: Construct, id: string, props: ComputeStackProps) {
    super(scope, id, props);
    const callback = this.addPaymentCallback(props);
    this.api = this.addApi(props, callback);
    const relay = this.addPipeline(props);
    this.addSubscribers(props);
    this.addAlarms(props, { relayLogs: relay.logs, callbackLogs: callback.logs });
  }

  private addPaymentCallback({ settings, state, code }: ComputeStackProps): PaymentCallback {
    return new PaymentCallback(this, 'payment-callback', {
      settings,
      eventTable: state.eventTable,
      secret: state.callbackSecret,
      originSecret: state.edge?.originSecret,
      code: code('payment-callback'),
    });
  }

  private addApi({ settings, state, code }: ComputeStackProps, callback: PaymentCallback): FrontDoorAddress {
    const { eventTable, readModels, tokens, userPool } = state;
    const originSecret = state.edge?.originSecret;
    const command = { settings, eventTable, tokens, originSecret };
    const frontDoor = {
      settings,
      routes,
      functions: {
        'orders-command': new OrdersCommand(this, 'orders-command', {
          ...command,
          readModels,
          categories: ['order'],
          code: code('orders-command'),
        }),
        'products-command': new CommandFunction(this, 'products-command', {
          ...command,
          categories: ['product', 'stock'],
          code: code('products-command'),
        }),
        'payment-callback': callback,
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
    capConcurrency(frontDoor.functions, settings);
    for (const { function: each } of Object.values(frontDoor.functions)) {
      if (state.securityLogKey) each.addEnvironment(SECURITY_LOG_KEY, state.securityLogKey.reference);
    }
    const api =
      settings.frontDoor === 'http'
        ? new PublicApi(this, 'api', { ...frontDoor, tokens })
        : new PublicRestApi(this, 'rest-api', { ...frontDoor, ...(userPool && { userPool }) });
    new CfnOutput(this, 'ApiUrl', { value: api.url });
    return api;
  }

  /** From the event table to the queues of the subscribers. */
  private addPipeline({ settings, state, code }: ComputeStackProps): Relay {
    const { eventTable, eventStream, relayFailures, fanOutFailures } = state;
    const subscriptions = [...state.readModels, state.orderFulfilment, state.notifications];
    const relay = new Relay(this, 'relay', {
      settings,
      eventTable,
      eventStream,
      failures: relayFailures,
      code: code('relay'),
    });
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
    return relay;
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
    new Notifier(this, 'notifications', {
      settings,
      eventTable,
      subscription: notifications,
      sender: emailSender,
      recipients: 'customers',
      code: code('notifications'),
    });
  }

  private addAlarms(
    { settings, state }: ComputeStackProps,
    logs: Pick<StageAlarmsProps, 'relayLogs' | 'callbackLogs'>,
  ): void {
    const { eventTable, readModels, edge } = state;
    new StageAlarms(this, 'alarms', {
      settings,
      tables: {
        events: { table: eventTable.table, indexes: [] },
        ...Object.fromEntries(
          readModels.map(({ projection: { name, indexes }, table }) => [
            name,
            { table, indexes: indexes.map((index) => index.name) },
          ]),
        ),
        ...(edge && { 'invalidation-budget': { table: edge.budget.table, indexes: [] } }),
      },
      ...logs,
    });
  }
}
