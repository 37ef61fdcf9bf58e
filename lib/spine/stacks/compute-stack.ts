// What runs: the functions with their triggers and alarms, and the API in front of them.
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { SECURITY_LOG_KEY } from '../../../lambdas/spine/bindings/environment.ts';
import { functionsOfKind } from '../../../lambdas/spine/manifest/functions.ts';
import { routesOf } from '../../../lambdas/spine/manifest/routes.ts';
import type { FrontDoorAddress } from '../api/front-door.ts';
import { PublicApi } from '../api/public-api.ts';
import { capConcurrency } from '../api/public-concurrency.ts';
import { PublicRestApi } from '../api/rest-api.ts';
import { INVALIDATOR } from '../edge/invalidator.ts';
import { FanOut } from '../events/fan-out.ts';
import { Redrive } from '../events/redrive.ts';
import { Relay } from '../events/relay.ts';
import { FlowDashboard, type FlowDashboardProps } from '../operations/dashboard/flow-dashboard.ts';
import { OperationsFunction } from '../operations/operations-function.ts';
import type { ServiceFunction } from '../operations/service-function.ts';
import { StageAlarms } from '../operations/stage-alarms.ts';
import { functionDefaults } from '../settings/construct-props.ts';
import { isOnOneMachine } from '../settings/stages.ts';
import { addApiFunctions } from './api-functions.ts';
import { addAudit } from './audit.ts';
import type { ComputeContext } from './compute-context.ts';
import { addSubscribers } from './subscribers.ts';
import { addSweeper } from './sweeper.ts';

export interface ComputeStackProps extends StackProps, ComputeContext {}

export class ComputeStack extends Stack {
  readonly api: FrontDoorAddress;
  /** Those that belong to no function. */
  readonly alarms: StageAlarms;
  readonly #functions: Readonly<Record<string, ServiceFunction>>;

  constructor(scope: Construct, id: string, props: ComputeStackProps) {
    super(scope, id, props);
    const behindApi = { ...addApiFunctions(this, props), operations: this.addOperations(props) };
    this.api = this.addApi(props, behindApi);
    const hops = this.addPipeline(props);
    const { projectors, byName } = addSubscribers(this, props);
    this.#functions = { ...behindApi, ...byName, ...addSweeper(this, props), ...addAudit(this, props) };
    this.alarms = this.addAlarms(props, hops.relay);
    this.addDashboard(props, { ...hops, behindApi, subscribers: [...projectors, ...Object.values(byName)] });
  }

  /** A function of the manifest. @throws RangeError where it has none of that name */
  functionNamed(name: string): ServiceFunction {
    const found = this.#functions[name];
    if (found !== undefined) return found;
    throw new RangeError(`There is no function ${name}; there are ${Object.keys(this.#functions).join(', ')}`);
  }

  private addApi(
    { application, settings, state }: ComputeStackProps,
    functions: Readonly<Record<string, ServiceFunction>>,
  ): FrontDoorAddress {
    const { tokens, userPool } = state;
    capConcurrency(functions, application, settings);
    for (const { function: each } of Object.values(functions)) {
      if (state.securityLogKey) each.addEnvironment(SECURITY_LOG_KEY, state.securityLogKey.reference);
    }
    const description = `${application.api.title}, stage ${settings.stage}`;
    const frontDoor = { description, settings, routes: routesOf(application), functions };
    const api =
      settings.frontDoor === 'http'
        ? new PublicApi(this, 'api', { ...frontDoor, tokens })
        : new PublicRestApi(this, 'rest-api', { ...frontDoor, ...(userPool && { userPool }) });
    new CfnOutput(this, 'ApiUrl', { value: api.url });
    return api;
  }

  private addOperations({ application, settings, state, code }: ComputeStackProps): OperationsFunction {
    const isSwept = functionsOfKind(application, 'sweeper').length > 0;
    const { eventTable, operations, work, relayFailures, fanOutFailures, tokens, edge } = state;
    return new OperationsFunction(this, 'operations', {
      ...{ settings, eventTable, operations, work, audit: state.audit, relayFailures, fanOutFailures, tokens },
      subscriptions: [...state.readModels, ...state.subscriptions.values()],
      projected: state.readModels,
      readModels: isSwept ? state.readModels : [],
      invalidation: edge?.invalidation,
      originSecret: edge?.originSecret,
      code: code('operations'),
    });
  }

  /** From the event table to the queues of the subscribers. */
  private addPipeline({
    settings,
    state,
    code,
  }: ComputeStackProps): Pick<FlowDashboardProps, 'fanOut'> & { readonly relay: Relay } {
    const { eventTable, eventStream, relayFailures, fanOutFailures } = state;
    const subscriptions = [...state.readModels, ...state.subscriptions.values()];
    const { wireVersion, fanOut, stage } = settings;
    const { lanes } = settings.eventStream;
    const common = { ...functionDefaults(settings), size: settings.pipeline, wireVersion, eventStream };
    const relay = new Relay(this, 'relay', {
      ...common,
      lanes,
      eventTable,
      failures: relayFailures,
      code: code('relay'),
    });
    const reader = new FanOut(this, 'fan-out', {
      ...common,
      fanOut,
      subscriptions,
      failures: fanOutFailures,
      code: code('fan-out'),
    });
    new Redrive(this, 'redrive', {
      ...common,
      stage,
      lanes,
      eventTable,
      subscriptions,
      relayFailures,
      fanOutFailures,
      code: code('redrive'),
    });
    return { relay, fanOut: reader };
  }

  /** What one machine has no metrics for. */
  private addDashboard(
    { application, settings, state }: ComputeStackProps,
    hops: Pick<FlowDashboardProps, 'relay' | 'fanOut' | 'behindApi' | 'subscribers'>,
  ): void {
    const { stage } = settings;
    if (isOnOneMachine(stage)) return;
    const { eventTable, eventStream, readModels, relayFailures, fanOutFailures, edge } = state;
    new FlowDashboard(this, 'dashboard', {
      ...hops,
      name: `${application.name}-${stage}`,
      stage,
      tables: {
        events: eventTable.table,
        ...Object.fromEntries(readModels.map(({ projection, table }) => [projection.name, table])),
      },
      relayFailures,
      eventStream,
      fanOutFailures,
      invalidator: edge && INVALIDATOR,
    });
  }

  private addAlarms({ settings, state }: ComputeStackProps, relay: Relay): StageAlarms {
    const { eventTable, readModels, operations, edge, mailSender } = state;
    return new StageAlarms(this, 'alarms', {
      stage: settings.stage,
      alarmTopicArn: settings.alarmTopicArn,
      ...(settings.monthlyBudgetInDollars !== undefined && { monthlyBudgetInDollars: settings.monthlyBudgetInDollars }),
      tables: {
        events: { table: eventTable.table, indexes: [] },
        ...Object.fromEntries(
          readModels.map(({ projection: { name, indexes }, table }) => [
            name,
            { table, indexes: indexes.map((index) => index.name) },
          ]),
        ),
        operations: { table: operations.table, indexes: [] },
        ...(edge && { 'invalidation-budget': { table: edge.budget.table, indexes: [] } }),
      },
      relayLogs: relay.logs,
      sendsMails: mailSender !== undefined,
    });
  }
}
