// Two users of a stage's own user pool, for as long as a test order needs them: one of the staff and one customer.
import { randomBytes } from 'node:crypto';
import { PoolUsers, simulatedAddress, type UserPool } from './pool-users.ts';
import type { SmokeTokens } from './smoke-test.ts';

/** Gives the tokens of both users to the task, and deletes the users afterwards, whether it succeeded or failed. */
export async function withTestUsers<Result>(
  pool: UserPool,
  task: (tokens: SmokeTokens) => Promise<Result>,
): Promise<Result> {
  const users = new PoolUsers(pool);
  const run = randomBytes(6).toString('hex');
  const created: string[] = [];
  const tokenOf = async (role: string, group?: string): Promise<string> => {
    const address = simulatedAddress(`${role}-${run}`);
    created.push(address);
    return users.signIn(address, group);
  };
  try {
    return await task({ staff: await tokenOf('staff', 'staff'), customer: await tokenOf('customer') });
  } finally {
    await users.end(created);
  }
}
