// What infrastructure needs to know of a projection; the projections of the read models fit it.

export interface ProjectionDefinition {
  readonly name: string;
  readonly streamsPerSecond?: number;
  readonly indexes: readonly {
    readonly name: string;
    readonly partitionKey: string;
    readonly sortKey: string;
    readonly keysOnly?: boolean;
  }[];
  /** There where a view is made of several streams, and so read with a `Query`. */
  readonly compose?: unknown;
}
