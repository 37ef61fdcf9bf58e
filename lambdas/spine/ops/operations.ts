// What an operator can do, under `/ops`. Every application's API has these operations: whatever is exported here is one.
export * from './audits/operations.ts';
export * from './pipeline/operations.ts';
export * from './rebuilds/operations.ts';
