/** Constructs of the stacks that stand beside those of functions and read models: none of these can have their names. */
export const reservedNames: readonly string[] = [
  ...['alarms', 'api', 'backups', 'dashboard', 'email-sender', 'event-stream', 'events', 'fan-out-failures'],
  ...['fan-out-failures-dead-letters', 'invalidation', 'invalidation-budget', 'origin-secret', 'relay-failures'],
  ...['relay-failures-dead-letters', 'rest-api', 'security-log-key', 'users', 'work'],
];
