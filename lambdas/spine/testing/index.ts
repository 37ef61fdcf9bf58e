// The test kit of an event-sourced application. The contract suites need vitest, and are imported from `contracts/`.
export { given } from './given.ts';
export { project } from './given-projection.ts';
export { type InMemoryBudgetStore, inMemoryBudgetStore } from './memory/budget-store.ts';
export { type InMemoryEventStore, inMemoryEventStore } from './memory/event-store.ts';
export { type InMemoryReadTable, inMemoryReadTable } from './memory/read-table.ts';
