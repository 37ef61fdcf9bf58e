// What an application says of itself: everything that infrastructure, documents and the local host have to know, said once.
import type { Api } from '../http/api.ts';
import type { Projection } from '../kernel/projections/projection.ts';
import type { FunctionDeclaration } from './functions.ts';

export interface Application {
  /** Kebab case. Its stacks are called `<name>-<stage>-state`, `-compute` and so on. */
  readonly name: string;
  readonly api: Api;
  /** Of all streams that it writes: the part of a stream's name before its first hyphen. */
  readonly categories: readonly string[];
  readonly functions: Readonly<Record<string, FunctionDeclaration>>;
  /** Each gives a table, a queue, a projector and alarms. */
  readonly readModels: readonly Projection<unknown>[];
}
