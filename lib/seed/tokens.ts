// Who the seed acts as: a clerk, and a customer for each name. Where tokens come from depends on what the shop runs on.
import * as z from 'zod';
import { DeploymentError } from '../deployment/deployment-error.ts';
import { PoolUsers, simulatedAddress, type UserPool } from '../deployment/pool-users.ts';
import { ShopApi } from '../deployment/shop-api.ts';
import { clerk } from './customers.ts';

export interface Tokens {
  readonly staff: string;
  of(customer: string): Promise<string>;
  /** Call it at the end, whether the seed succeeded or failed. */
  end(): Promise<void>;
}

export interface TokenSources {
  readonly apiUrl: string;
  readonly userPool?: UserPool;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** @throws DeploymentError when the shop hands out no tokens and none are given */
export async function tokensFor({ apiUrl, userPool, environment }: TokenSources): Promise<Tokens> {
  const { STAFF_TOKEN, CUSTOMER_TOKEN, TOKEN_URL } = environment;
  if (userPool !== undefined) return poolTokens(userPool);
  if (STAFF_TOKEN && CUSTOMER_TOKEN) return { staff: STAFF_TOKEN, of: async () => CUSTOMER_TOKEN, end: async () => {} };
  return issuerTokens(TOKEN_URL ?? `${apiUrl}/local/token`);
}

/** Customers stay, so that the orders are theirs when the seed runs again; the clerk goes. */
async function poolTokens(pool: UserPool): Promise<Tokens> {
  const users = new PoolUsers(pool);
  const staff = simulatedAddress(`${clerk}-seed`);
  return {
    staff: await users.signIn(staff, 'staff'),
    of: (customer) => users.signIn(simulatedAddress(`${customer}-seed`)),
    end: () => users.end([staff]),
  };
}

const issued = z.object({ access_token: z.string() });

async function issuerTokens(url: string): Promise<Tokens> {
  const { origin, pathname } = new URL(url);
  const issuer = new ShopApi(origin);
  const tokenFor = async (subject: object): Promise<string> => {
    const { status, body } = await issuer.post(pathname, subject);
    const token = issued.safeParse(body);
    if (token.success) return token.data.access_token;
    throw new DeploymentError(
      `${url} issues no tokens; it answered ${status}. Is this a deployed stage? ${otherSources}`,
    );
  };
  return {
    staff: await tokenFor({ sub: clerk, groups: ['staff'] }),
    of: (customer) => tokenFor({ sub: customer, email: `${customer}@example.com` }),
    end: async () => {},
  };
}

const otherSources =
  'Then --user-pool and --client name its users, as npm run deploy prints them, or STAFF_TOKEN and CUSTOMER_TOKEN bring the tokens.';
