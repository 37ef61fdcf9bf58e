// The face of the kernel: what an application is written with. README.md says what each part is.
export { accept, type Decider, type Decision, type Rejection, reject } from './decider.ts';
export {
  type Commit,
  categoryOf,
  type DomainEvent,
  eventId,
  idOf,
  lastVersion,
  type Provenance,
  type RecordedEvent,
  streamOf,
} from './envelope.ts';
export { EventspineError, NewerEventError, UnreadableEventError } from './errors.ts';
export { type EventCodec, type EventOf, eventCodec, type Redacted } from './event-codec.ts';
export type { AppendResult, EventStore } from './event-store.ts';
export {
  type CommandOutcome,
  type CommandRequest,
  type ExecutionPorts,
  execute,
  executeCommand,
} from './execution/execute-command.ts';
export { loadStream, type StreamState } from './execution/stream-state.ts';
export type { Subscription } from './pipeline/subscription.ts';
export { type Heard, isAtRest, type ProcessManager } from './process-manager.ts';
export { catchUp, catchUpFromStore } from './projections/catch-up.ts';
export type { PartFold, Projection, ReadIndex, Row } from './projections/projection.ts';
export type { PagedReadTable, ReadTable } from './projections/read-table.ts';
export type { ComposedProjection } from './projections/view.ts';
export { type PointInStream, partAt } from './time-travel.ts';
export type { Timer, Timers } from './timers.ts';
