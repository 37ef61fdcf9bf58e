// The HTTP API of an application: its operations in groups, and what its OpenAPI document says of it as a whole.
import * as adminOperations from '../ops/operations.ts';
import type { JsonSchema } from './openapi/schemas.ts';
import type { Operation } from './operation.ts';
import type { Queries } from './queries/queries.ts';
import * as serviceOperations from './service/operations.ts';

export interface Api {
  readonly title: string;
  readonly version: string;
  /** Markdown: what a client has to know of this application. How every API here behaves is added to it. */
  readonly description: string;
  /** In the order in which readers find them. */
  readonly groups: readonly OperationGroup[];
  /**
   * How requests are signed; there where an operation takes signatures.
   * @default none does
   */
  readonly signature?: SignatureScheme;
  /**
   * Members of problems (RFC 9457, section 3.2) beyond those that every operation can answer.
   * @default none
   */
  readonly problemMembers?: Readonly<Record<string, JsonSchema>>;
}

/** The operations that one command function and one list of queries answer. */
export interface OperationGroup {
  /** The group's name in the document. Groups of the same tag are one to readers. */
  readonly tag: string;
  /** Of the tag: there in one of its groups. */
  readonly description?: string;
  /** Name of the function that answers the group's operations but those with GET; there where there are such. */
  readonly commands?: string;
  /** Answers the group's operations with GET; there where there are such. The query function calls it. */
  readonly queries?: Queries;
  /**
   * Name of the function that answers all of the group's operations, those with GET too: one of the spine's own.
   * @default the query function and `commands`
   */
  readonly answeredBy?: string;
  /** By the names that generated clients call them by: `import * as loanOperations`, say. */
  readonly operations: Readonly<Record<string, Operation>>;
}

export interface SignatureScheme {
  /** Name of the security scheme in the document. */
  readonly name: string;
  readonly header: string;
  /** What the header holds. */
  readonly description: string;
  /** What an answer 401 may name in `WWW-Authenticate`. */
  readonly challenges: readonly string[];
}

export interface NamedOperation extends Operation {
  readonly id: string;
  readonly tag: string;
}

const service: OperationGroup = {
  tag: 'Service',
  description: 'What the service says about itself.',
  operations: serviceOperations,
};

const operations: OperationGroup = {
  tag: 'Operations',
  description: 'For operators: what is on its way, what failed, and what sets it right.',
  answeredBy: 'operations',
  operations: adminOperations,
};

/** The groups of the application, and those that every application has. */
export const groupsOf = ({ groups }: Pick<Api, 'groups'>): readonly OperationGroup[] => [
  ...groups,
  operations,
  service,
];

export const operationsOf = (api: Pick<Api, 'groups'>): readonly NamedOperation[] =>
  groupsOf(api).flatMap(({ tag, operations }) =>
    Object.entries(operations).map(([id, operation]) => ({ ...operation, id, tag })),
  );

/** The route and, for one with GET, its HEAD: an HTTP API has it only where a route says so (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html). */
export const withHead = (route: string): readonly string[] =>
  route.startsWith('GET ') ? [route, route.replace(/^GET/, 'HEAD')] : [route];
