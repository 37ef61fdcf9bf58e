// The functions that an application declares. Their names are the keys in its manifest: kebab case, and constructs, logs, metrics and
// alarms are called by them. Relay, fan-out, redrive, operations and invalidator are the spine's own and need no declaration.
import type { Subscription } from '../kernel/pipeline/subscription.ts';
import type { Projection, ReadIndex } from '../kernel/projections/projection.ts';

interface Declared {
  /** The file with the handler, from the project's folder on. */
  readonly entry: string;
}

interface BehindApi extends Declared {
  /**
   * How much of the stage's `publicConcurrency` it gets beside the others behind the API.
   * @default 1
   */
  readonly concurrencyWeight?: number;
}

/** Decides the commands of the groups that name it in the API. */
export interface CommandFunctionDeclaration<Category extends string = string> extends BehindApi {
  readonly kind: 'command';
  /** Categories of the streams that it appends to; it may load any. */
  readonly appends: readonly Category[];
  /**
   * The index that it counts rows of.
   * @default none
   */
  readonly counts?: { readonly readModel: Pick<Projection<unknown>, 'name'>; readonly index: ReadIndex };
}

/** Answers every GET of the API from all read models. An application has one. */
export interface QueryFunctionDeclaration extends BehindApi {
  readonly kind: 'query';
}

/** Folds read models: deployed once for each, as `<read model>-projector`. An application with read models has one. */
export interface ProjectorDeclaration extends Declared {
  readonly kind: 'projector';
}

/** A process manager: it hears events and timers, and sends commands to other streams. */
export interface ProcessDeclaration<Category extends string = string>
  extends Declared,
    Pick<Subscription, 'readsPersonal' | 'streamsPerSecond'> {
  readonly kind: 'process';
  /** Categories of the streams whose events it is told of. */
  readonly hears: readonly Category[];
  /** Categories of the streams that it appends to. */
  readonly appends: readonly Category[];
  /** What it means for users when its messages are not processed, as a sentence for an alarm. */
  readonly impact: string;
}

/** Tells people what became of their things. It gets what identifies them, at the rate at which the stage may send. */
export interface NotificationsDeclaration<Category extends string = string> extends Declared {
  readonly kind: 'notifications';
  /** Categories of the streams whose events it tells of. */
  readonly hears: readonly Category[];
  /** Category of the streams in which it notes what was sent. */
  readonly register: Category;
  /** What it means for users when its messages are not processed, as a sentence for an alarm. */
  readonly impact: string;
  /** Whom the notifications go to, in the plural: a word for the alarms' texts, such as `customers`. */
  readonly recipients: string;
}

/**
 * Compares the event table with what every subscriber has, once a minute, and repairs what is behind. An application has one, or is not
 * audited.
 */
export interface AuditDeclaration extends Declared {
  readonly kind: 'audit';
}

/** Works through the whole event table for an operator: the only function that scans it. An application has one at most. */
export interface SweeperDeclaration extends Declared {
  readonly kind: 'sweeper';
}

export type FunctionDeclaration<Category extends string = string> =
  | CommandFunctionDeclaration<Category>
  | QueryFunctionDeclaration
  | ProjectorDeclaration
  | ProcessDeclaration<Category>
  | NotificationsDeclaration<Category>
  | AuditDeclaration
  | SweeperDeclaration;

type Kind = FunctionDeclaration['kind'];

export type DeclarationOf<Of extends Kind> = Extract<FunctionDeclaration, { readonly kind: Of }>;

/** The functions of a kind with their names, in the manifest's order. */
export const functionsOfKind = <Of extends Kind>(
  { functions }: { readonly functions: Readonly<Record<string, FunctionDeclaration>> },
  kind: Of,
): (readonly [name: string, declaration: DeclarationOf<Of>])[] =>
  Object.entries(functions).filter((named): named is [string, DeclarationOf<Of>] => named[1].kind === kind);
