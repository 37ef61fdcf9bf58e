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
}
