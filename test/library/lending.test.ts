// The library as its readers and librarians use it: over HTTP, on a host of its own.
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { LoanView } from '../../examples/library/loans.ts';
import { type Answer, ApiClient } from '../support/api-client.ts';
import { type Eventspine, newDataDirectory, startEventspine } from '../support/eventspine.ts';

type Loan = LoanView & { readonly version: number };

let host: Eventspine;
let anyone: ApiClient;

beforeAll(async () => {
  host = await startEventspine(await newDataDirectory(), {}, ['--app', 'examples/library']);
  anyone = new ApiClient(host.url);
}, 60_000);
afterAll(async () => {
  await host.stop();
  await rm(host.dataDirectory, { recursive: true });
});

async function signIn(subject: { sub: string; email?: string; emailVerified?: boolean; groups?: readonly string[] }) {
  const { status, body } = await anyone.post<{ access_token: string }>('/local/token', subject);
  expect(status).toBe(200);
  return anyone.as(body.access_token);
}

const inMillis = (millis: number): string => new Date(Date.now() + millis).toISOString();
const tomorrow = () => inMillis(86_400_000);
const lend = (reader: ApiClient, title: string, dueAt = tomorrow(), headers: Record<string, string> = {}) =>
  reader.post<{ loanId: string; version: number }>('/loans', { title, dueAt }, headers);
const tokenOf = ({ headers }: Answer): string => encodeURIComponent(headers.get('consistency-token') ?? '');
const emailsTo = async (address: string) =>
  (await anyone.get<{ emails: { to: string; subject: string; text: string }[] }>('/local/emails')).body.emails.filter(
    ({ to }) => to === address,
  );
const untilOverdue = (reader: ApiClient, loanId: string) =>
  vi.waitFor(
    async () => {
      const { body } = await reader.get<Loan>(`/loans/${loanId}`);
      expect(body.status).toBe('overdue');
    },
    { timeout: 10_000, interval: 50 },
  );
const untilIdle = () =>
  vi.waitFor(
    async () => expect((await anyone.get<{ idle: boolean }>('/local/status')).body).toMatchObject({ idle: true }),
    { timeout: 10_000, interval: 50 },
  );

it('lends a book, and its reader finds the loan at once, by itself and in the list', async () => {
  const ada = await signIn({ sub: 'ada' });
  const dueAt = tomorrow();
  const earlier = await lend(ada, '貓 的 歷史 🐈', inMillis(3_600_000));
  const lent = await lend(ada, 'Middlemarch', dueAt);
  expect(lent).toMatchObject({ status: 201, body: { version: 1 } });
  const { loanId } = lent.body;
  const loan = { loanId, readerId: 'ada', title: 'Middlemarch', dueAt, status: 'lent', version: 1 };
  expect((await ada.get(`/loans/${loanId}?consistentWith=${tokenOf(lent)}`)).body).toEqual(loan);

  const tokens = [earlier, lent].map((answer) => `consistentWith=${tokenOf(answer)}`).join('&');
  const first = await ada.get<{ loans: Loan[]; nextCursor: string }>(`/readers/me/loans?${tokens}&limit=1`);
  expect(first.body.loans).toEqual([loan]);
  const cursor = encodeURIComponent(first.body.nextCursor);
  const second = await ada.get<{ loans: Loan[] }>(`/readers/me/loans?${tokens}&limit=1&cursor=${cursor}`);
  expect(second.body).toMatchObject({ loans: [{ title: '貓 的 歷史 🐈' }] });
  expect(second.body).not.toHaveProperty('nextCursor');
});

it('tells a reader once that a loan is overdue, and takes the book back', async () => {
  const email = 'grace@readers.example';
  const grace = await signIn({ sub: 'grace', email });
  const dueAt = inMillis(1_000);
  const { loanId } = (await lend(grace, 'Emma', dueAt)).body;
  await untilOverdue(grace, loanId);
  await untilIdle();
  expect(await emailsTo(email)).toMatchObject([
    { subject: 'Emma is overdue', text: expect.stringContaining(`Due on: ${dueAt.slice(0, 10)}`) },
  ]);

  const returned = await grace.post(`/loans/${loanId}/return`, {});
  expect(returned).toMatchObject({ status: 200, body: { loanId, version: 3 } });
  const { body } = await grace.get<Loan>(`/loans/${loanId}?consistentWith=${tokenOf(returned)}`);
  expect(body.status).toBe('returned');
  expect((await grace.post(`/loans/${loanId}/return`, {})).body).toEqual({ loanId, version: 3 });
});

it('sends nothing to an address that is not known to be the reader’s, or when the book is back in time', async () => {
  const email = 'mallory@readers.example';
  const mallory = await signIn({ sub: 'mallory', email, emailVerified: false });
  const overdue = (await lend(mallory, 'Emma', inMillis(1_000))).body.loanId;
  const alan = await signIn({ sub: 'alan', email: 'alan@readers.example' });
  const inTime = (await lend(alan, 'Dracula', inMillis(1_500))).body.loanId;
  await alan.post(`/loans/${inTime}/return`, {});
  await untilOverdue(mallory, overdue);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await untilIdle();
  expect((await alan.get<Loan>(`/loans/${inTime}`)).body.status).toBe('returned');
  expect([await emailsTo(email), await emailsTo('alan@readers.example')]).toEqual([[], []]);
});

it('shows a loan to its reader and to librarians alone', async () => {
  const [owner, other] = [await signIn({ sub: 'owner' }), await signIn({ sub: 'other' })];
  const librarian = await signIn({ sub: 'desk', groups: ['staff'] });
  const lent = await lend(owner, 'Persuasion');
  const path = `/loans/${lent.body.loanId}`;
  const consistently = `?consistentWith=${tokenOf(lent)}`;
  const noLoan = { status: 404, body: { code: 'not_found' } };
  expect(await other.get(path + consistently)).toMatchObject(noLoan);
  expect(await other.get('/readers/owner/loans')).toMatchObject(noLoan);
  expect(await other.post(`${path}/return`, {})).toMatchObject(noLoan);
  expect(await owner.get('/loans/no-such-loan')).toMatchObject(noLoan);
  expect((await anyone.get(path)).status).toBe(401);
  expect((await librarian.get(path + consistently)).status).toBe(200);
  expect((await librarian.get(`/readers/owner/loans${consistently}`)).body).toMatchObject({ loans: [{ version: 1 }] });
  expect((await librarian.post(`${path}/return`, {})).status).toBe(200);
});

it('lends once however often the same request comes', async () => {
  const reader = await signIn({ sub: 'twice' });
  const [dueAt, key] = [tomorrow(), { 'idempotency-key': 'scan-1' }];
  const answers = await Promise.all([1, 2, 3].map(() => lend(reader, 'Emma', dueAt, key)));
  const repeated = await lend(reader, 'Emma', dueAt, key);
  expect(repeated).toMatchObject({ status: 201, body: answers[0]?.body });
  expect(repeated.headers.get('idempotency-replayed')).toBe('true');
  expect(new Set(answers.map(({ body }) => body.loanId)).size).toBe(1);
  const { body } = await reader.get<{ loans: Loan[] }>(`/readers/me/loans?consistentWith=${tokenOf(repeated)}`);
  expect(body.loans).toHaveLength(1);
  expect(await lend(reader, 'Dracula', dueAt, key)).toMatchObject({ status: 422 });
});

it.each([
  ['a due time that is over', () => inMillis(-1_000), 409],
  ['a due time beyond 28 days', () => inMillis(29 * 86_400_000), 409],
  ['a due time that is none', () => 'soon', 400],
])('refuses %s', async (_, dueAt, status) => {
  expect((await lend(await signIn({ sub: 'hasty' }), 'Emma', dueAt())).status).toBe(status);
});
