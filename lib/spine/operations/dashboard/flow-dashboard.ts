// The stage's dashboard. It tells the flow from left to right and from top to bottom: commands, commits, relay, stream and fan-out;
// then a row for each subscriber; then what was given up, the edge's invalidations and the bill.
import { Dashboard, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { EventStream } from '../../events/event-stream.ts';
import type { Subscriber } from '../../events/subscriber.ts';
import type { ServiceFunction } from '../service-function.ts';
import {
  commandGraph,
  commitGraph,
  costGraph,
  deadLetterGraph,
  fanOutGraph,
  invalidationGraph,
  relayGraph,
  streamGraph,
} from './flow-graphs.ts';
import { GRID_COLUMNS, widgetsOf } from './graph.ts';
import { subscriberGraphs } from './subscriber-graphs.ts';

export interface FlowDashboardProps {
  /** Its name in the account. */
  readonly name: string;
  readonly stage: string;
  /** Behind the API, by their names. */
  readonly behindApi: Readonly<Record<string, ServiceFunction>>;
  /** The event table and the read tables, by the names that operators know them by; that of `events` first. */
  readonly tables: Readonly<Record<string, TableV2>> & { readonly events: TableV2 };
  readonly relay: ServiceFunction;
  readonly relayFailures: Queue;
  readonly eventStream: EventStream;
  readonly fanOut: ServiceFunction;
  readonly fanOutFailures: Queue;
  readonly subscribers: readonly Subscriber[];
  /** Service of the function that invalidates at the edge; `undefined` on a stage without one. */
  readonly invalidator: string | undefined;
}

export class FlowDashboard extends Dashboard {
  constructor(scope: Construct, id: string, props: FlowDashboardProps) {
    super(scope, id, { dashboardName: props.name });
    const { stage, tables, subscribers } = props;
    this.heading('From the request to the subscribers’ queues');
    this.addWidgets(
      ...widgetsOf([
        commandGraph(props.behindApi),
        commitGraph(tables.events),
        relayGraph(props.relay, props.relayFailures),
      ]),
    );
    this.addWidgets(...widgetsOf([streamGraph(props.eventStream), fanOutGraph(props.fanOut, props.fanOutFailures)]));
    this.heading('The subscribers: what comes, how late it is done, what waits, what fails');
    for (const subscriber of subscribers) this.addWidgets(...widgetsOf(subscriberGraphs(stage, subscriber)));
    this.heading('What was given up, what the edge was told, and what it costs');
    const deadLetters = Object.fromEntries(
      subscribers.map(({ node, subscription }) => [node.id, subscription.deadLetters]),
    );
    this.addWidgets(
      ...widgetsOf([
        deadLetterGraph(deadLetters),
        ...(props.invalidator === undefined ? [] : [invalidationGraph(stage, props.invalidator)]),
        costGraph(tables),
      ]),
    );
  }

  private heading(text: string): void {
    this.addWidgets(new TextWidget({ markdown: `## ${text}`, width: GRID_COLUMNS, height: 1 }));
  }
}
