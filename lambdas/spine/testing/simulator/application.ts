// What an application gives to be simulated: its parts, what goes on in it, and what must hold of it.
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { ExecutionPorts } from '../../kernel/execution/execute-command.ts';
import type { PagedReadTable } from '../../kernel/projections/read-table.ts';
import type { Notifications } from '../../notifications/notification.ts';
import type { ProcessWorkerPorts } from '../../process/ports.ts';
import type { BatchWorker } from '../../runtime/batch-worker.ts';
import type { Client } from './client.ts';
import type { Instance } from './functions/instance.ts';
import type { System } from './system.ts';
import type { CodeVersion, Deployed } from './versions.ts';
import type { Chance } from './world/chance.ts';

/** What a function behind the API is made of. */
export interface HttpWiring {
  readonly ports: ExecutionPorts & { newId(): string };
  readonly instance: Instance;
  tableOf<Part>(projection: string): PagedReadTable<Part>;
  readonly version: CodeVersion;
}

export type HttpFunction = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

/** @typeParam Outside what is outside of the application, such as a bank's books */
export interface SimulatedApplication<Outside = unknown> extends Deployed {
  outside(system: System): Outside;
  /** By the names of the functions that are behind the API. */
  readonly http: Readonly<Record<string, (wiring: HttpWiring, outside: Outside) => HttpFunction>>;
  /** By the names of their subscriptions. */
  readonly processes: Readonly<
    Record<string, (ports: ProcessWorkerPorts, instance: Instance, outside: Outside) => BatchWorker>
  >;
  readonly notifications: Readonly<Record<string, Notifications>>;
  /** What people do. */
  acts(chance: Chance): readonly Act<Outside>[];
  /** What must hold when everything has come to rest. @returns what does not, as sentences */
  atRest(system: System, outside: Outside): Promise<readonly string[]>;
}

/** Something that somebody does, by itself: each may be left out. */
export interface Act<Outside = unknown> {
  /** Unlike any other's. */
  readonly name: string;
  /** From the start. */
  readonly inMillis: number;
  run(client: Client, outside: Outside): Promise<void>;
}
