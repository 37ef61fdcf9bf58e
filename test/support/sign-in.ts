// Customers and staff, signed in at the issuer whom the target trusts.
import { ulid } from 'ulid';
import { expect } from 'vitest';
import { Issuer } from '../../local/issuer/issuer.ts';
import { signingKey } from '../../local/issuer/signing-key.ts';
import type { ApiClient } from './api-client.ts';
import { deployedAt } from './target.ts';

export interface Customer {
  readonly id: string;
  readonly email: string;
  readonly api: ApiClient;
}

export interface Subject {
  readonly sub: string;
  readonly email?: string;
  readonly emailVerified?: boolean;
  readonly groups?: readonly string[];
}

export async function tokenFor(anyone: ApiClient, subject: Subject): Promise<string> {
  const stage = deployedAt(anyone.url);
  if (stage) return new Issuer(await signingKey(stage.dataDirectory), stage.issuer).issue(subject);
  const { status, body } = await anyone.post<{ access_token: string }>('/local/token', subject);
  expect(status).toBe(200);
  return body.access_token;
}

/** A customer whom no other test knows. */
export async function newCustomer(anyone: ApiClient): Promise<Customer> {
  const id = `customer-${ulid()}`;
  const email = `${id}@example.com`;
  return { id, email, api: anyone.as(await tokenFor(anyone, { sub: id, email })) };
}

export const signInStaff = async (anyone: ApiClient): Promise<ApiClient> =>
  anyone.as(await tokenFor(anyone, { sub: 'clerk', groups: ['staff'] }));
