// So many writers share out so many commands on one stream, as fast as they can.
import { commandOf } from '../systems/ledger.ts';
import type { System } from '../systems/system.ts';

export interface Figures {
  readonly succeeded: number;
  readonly commitsASecond: number;
  /** Of all requests, those of commands that gave up too. */
  readonly requestsACommit: number;
}

/** @throws Error when the account does not hold the postings of just the commands that succeeded */
export async function race(
  endpoint: string,
  system: System,
  account: string,
  writers: number,
  commands: number,
): Promise<Figures> {
  let requests = 0;
  const sessions = Array.from({ length: writers }, () => {
    const client = system.clientOf(endpoint);
    client.middlewareStack.add(
      (next) => (args) => {
        requests += 1;
        return next(args);
      },
      { step: 'initialize' },
    );
    return { client, session: system.start(client) };
  });
  let next = 0;
  let succeeded = 0;
  const startedAt = performance.now();
  await Promise.all(
    sessions.map(async ({ session }) => {
      while (next < commands) {
        const command = commandOf(next, 1);
        next += 1;
        if (await session.execute(account, command)) succeeded += 1;
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  for (const { client } of sessions) client.destroy();
  const { postings } = await system.start(system.clientOf(endpoint)).load(account);
  if (postings !== succeeded) throw new Error(`${system.name} holds ${postings} postings of ${succeeded} commands`);
  return { succeeded, commitsASecond: succeeded / seconds, requestsACommit: requests / succeeded };
}
