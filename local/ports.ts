// The seams inside the local host: template, services, functions, mappings and gateway know each other only by these.

/** A resource of the synthesised template, its intrinsics resolved to plain values. */
export interface Resource {
  /** The construct's path without the stack and the trailing `Resource`: `loan-detail/queue`. Names it for people. */
  readonly path: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  /** The property that names it on AWS (`TableName`, `QueueName`, `FunctionName`, a stream's `Name`) is always there. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Absolute path of the folder or file of its asset: the code of a function. */
  readonly assetPath?: string;
}

/** Where the services listen: `http://127.0.0.1:<port>`. */
export interface Endpoints {
  readonly cloudfront: string;
  readonly dynamodb: string;
  readonly kinesis: string;
  readonly secretsManager: string;
  readonly ses: string;
  readonly sqs: string;
}

/** How an invocation ended: a value, or an error as Lambda reports it (the function threw, timed out or its process died). */
export type InvocationResult =
  | { readonly kind: 'success'; readonly payload: unknown }
  | { readonly kind: 'error'; readonly errorType: string; readonly errorMessage: string };

/** Runs functions as Lambda does: an environment handles one invocation at a time, further ones get another or wait. */
export interface FunctionHost {
  /** Invokes the function with that name; never rejects for an error inside the function. */
  invoke(functionName: string, event: unknown): Promise<InvocationResult>;
  stats(): readonly FunctionStats[];
  stop(): Promise<void>;
}

export interface FunctionStats {
  readonly name: string;
  readonly invocations: number;
  readonly errors: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** One commit record of a table's change stream, in the shape Lambda delivers it. */
export interface ChangeRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY';
  readonly eventSource: 'aws:dynamodb';
  readonly eventSourceARN: string;
  readonly awsRegion: string;
  readonly dynamodb: {
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Record<string, unknown>;
    readonly NewImage: Record<string, unknown>;
    readonly OldImage?: Record<string, unknown>;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
  };
}

/** A running event source mapping. */
export interface Mapping {
  /**
   * Records that the source has taken and that are not yet processed, those not yet fetched among them, so that
   * `/local/status` can tell when nothing is on its way. Of a queue only what the mapping holds: the queue counts the rest.
   */
  pending(): number;
  stop(): Promise<void>;
}
