// Versions of an application's code.
import type { WireVersion } from '../../aws/wire/bundle-codec.ts';
import type { Subscription } from '../../kernel/pipeline/subscription.ts';
import type { Projection } from '../../kernel/projections/projection.ts';
import type { InMemoryReadTable } from '../memory/read-table.ts';

/** A version of the code, as far as it is told apart. */
export interface CodeVersion {
  readonly name: string;
  readonly projections: readonly Projection<unknown>[];
  /** The newest that it writes. All read all. */
  readonly wireVersion: WireVersion;
}

/** What there is of an application whatever code runs. */
export interface Deployed {
  readonly subscriptions: readonly Subscription[];
  /** The first is what runs at first. */
  readonly versions: readonly [CodeVersion, ...CodeVersion[]];
  /**
   * The read table of a projection.
   * @default the one in memory
   */
  readTable?(projection: Projection<unknown>): InMemoryReadTable<unknown>;
}
