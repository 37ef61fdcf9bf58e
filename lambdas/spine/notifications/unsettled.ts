// Why notifications about a stream are due and were not sent now.

export type Unsettled =
  /** Another run is sending one. */
  | { readonly kind: 'held' }
  /** No turn to send came while there was time. */
  | { readonly kind: 'no-time' }
  /** The mail service did not take one. `since`: the time of the event that it is about. */
  | { readonly kind: 'delayed'; readonly code: string; readonly since: string };
