// Rebuilds of a running host, over its API.
import { setTimeout as wait } from 'node:timers/promises';
import { ApiClient } from '../../test/support/api-client.ts';

export interface Rebuilt {
  readonly rebuildId: string;
  readonly state: string;
  readonly swept: number;
  readonly total: number;
  readonly written: number;
  readonly unreadable: number;
  readonly startedAt: string;
  readonly endedAt?: string;
}

/** The API for an operator who is on the staff too. */
export async function operatorAt(url: string): Promise<ApiClient> {
  const anyone = new ApiClient(url);
  const subject = { sub: 'operator', groups: ['staff', 'admin'] };
  const { body } = await anyone.post<{ access_token: string }>('/local/token', subject);
  return anyone.as(body.access_token);
}

export async function beginRebuild(operator: ApiClient, readModel: string): Promise<string> {
  const { status, body } = await operator.post<{ rebuildId: string }>('/ops/rebuilds', { readModel });
  if (status !== 202) throw new Error(`A rebuild of ${readModel} was answered with ${status}: ${JSON.stringify(body)}`);
  return body.rebuildId;
}

/** Waits until it is over, or until so much of it is done. @throws Error where it did not get there, or left streams out */
export async function untilSwept(operator: ApiClient, id: string, share = Number.POSITIVE_INFINITY): Promise<Rebuilt> {
  for (;;) {
    const { status, body } = await operator.get<Rebuilt>(`/ops/rebuilds/${id}`);
    if (status !== 200) throw new Error(`Rebuild ${id} was answered with ${status}`);
    if (body.state === 'done' && body.unreadable === 0) return body;
    if (body.state !== 'running') throw new Error(`Rebuild ${id}: ${JSON.stringify(body)}`);
    if (body.swept >= share * body.total) return body;
    await wait(200);
  }
}
