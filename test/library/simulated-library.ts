// The library as the simulator takes it: readers borrow books, and some bring them back.
import { library, readModels } from '../../examples/library/library.ts';
import { loanDecider } from '../../examples/library/loan.ts';
import { loanNotices } from '../../examples/library/notices.ts';
import { lendBook, returnBook } from '../../examples/library/operations.ts';
import { overdueLoans } from '../../examples/library/overdue.ts';
import { queries } from '../../examples/library/queries.ts';
import { stageCaching } from '../../lambdas/spine/http/caching/caching.ts';
import { commandRequest } from '../../lambdas/spine/http/commands/command-request.ts';
import { commandResponse } from '../../lambdas/spine/http/commands/command-response.ts';
import { newIdFor } from '../../lambdas/spine/http/commands/new-id.ts';
import { callerEndpoint, type Endpoint } from '../../lambdas/spine/http/endpoint.ts';
import { httpHandler } from '../../lambdas/spine/http/http-handler.ts';
import type { Authenticate } from '../../lambdas/spine/http/request/caller.ts';
import { loadStream } from '../../lambdas/spine/kernel/execution/stream-state.ts';
import { categoryOf, executeCommand, streamOf } from '../../lambdas/spine/kernel/index.ts';
import { subscriptionsOf } from '../../lambdas/spine/manifest/subscriptions.ts';
import { processWorker } from '../../lambdas/spine/process/process-worker.ts';
import type { Act, HttpWiring, SimulatedApplication } from '../../lambdas/spine/testing/simulator/application.ts';
import type { Client } from '../../lambdas/spine/testing/simulator/client.ts';
import type { Instance } from '../../lambdas/spine/testing/simulator/functions/instance.ts';
import type { System } from '../../lambdas/spine/testing/simulator/system.ts';
import type { Chance } from '../../lambdas/spine/testing/simulator/world/chance.ts';

interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

const MOST_LOANS = 4;
const LONGEST_IN_MILLIS = 2 * 3_600_000;
const FAR_AWAY_IN_SECONDS = 4_102_444_800;

const authenticate: Authenticate = async (reader = '') => ({
  ...{ customerId: reader, email: `${reader}@example.com`, isStaff: false, isAdmin: false },
  expiresAtInSeconds: FAR_AWAY_IN_SECONDS,
});

function handlerOf({ newId, now }: Instance, endpoints: readonly Endpoint[]) {
  const arriving = () => ({ id: newId(), time: now().toISOString() });
  const handle = httpHandler(endpoints, undefined, [], undefined, arriving);
  return (event: Parameters<typeof handle>[0]) => handle(event, {} as never);
}

const commands = ({ ports, instance }: HttpWiring) =>
  handlerOf(instance, [
    callerEndpoint(lendBook, authenticate, async (request) => {
      const loanId = newIdFor(request);
      const { body, caller, arrival } = request;
      const reader = { readerId: caller.customerId, email: caller.email };
      const command = { type: 'LendBook', loanId, ...reader, ...body, now: arrival.time } as const;
      const stream = streamOf('loan', loanId);
      const outcome = await executeCommand(ports, loanDecider, commandRequest(stream, command, request));
      return commandResponse(stream, outcome, { status: 201, body: { loanId } });
    }),
    callerEndpoint(returnBook, authenticate, async (request) => {
      const { loanId } = request.path;
      const stream = streamOf('loan', loanId);
      const command = { type: 'ReturnBook', readerId: request.caller.customerId } as const;
      const outcome = await executeCommand(ports, loanDecider, commandRequest(stream, command, request));
      return commandResponse(stream, outcome, { status: 200, body: { loanId } });
    }),
  ]);

/** Lends a book, looks at the loan, and may bring it back: before it is overdue or after. */
function loan(chance: Chance, number: number): Act<Clock> {
  const headers = { authorization: `reader${number}`, 'idempotency-key': `lend-${number}` };
  const isReturned = chance.happens(`returned ${number}`, 0.5);
  const lastsInMillis = 60_000 + chance.at(`lasts ${number}`) * LONGEST_IN_MILLIS;
  return {
    name: `reader${number} borrows a book${isReturned ? ' and brings it back' : ''}`,
    inMillis: chance.at(`when ${number}`) * 5_000,
    async run(client, { now }) {
      const body = { title: 'Middlemarch', dueAt: new Date(now() + lastsInMillis).toISOString() };
      const lent = await client.send({ function: 'loans-command', route: 'POST /loans', headers, body });
      if (lent?.status !== 201) return;
      const path = { loanId: String(lent.body['loanId']) };
      client.saw(`loan-${path.loanId}`, Number(lent.body['version']));
      await see(client, path, headers);
      if (!isReturned) return;
      await client.wait(chance.at(`back ${number}`) * 2 * lastsInMillis);
      const back = { ...headers, 'idempotency-key': `return-${number}` };
      const route = 'POST /loans/{loanId}/return';
      await client.send({ function: 'loans-command', route, path, headers: back, body: {} });
    },
  };
}

async function see(client: Client, path: { readonly loanId: string }, headers: Readonly<Record<string, string>>) {
  const stream = `loan-${path.loanId}`;
  const query = { consistentWith: `${stream}@${client.known(stream)}` };
  const seen = await client.send({ function: 'query', route: 'GET /loans/{loanId}', path, query, headers });
  if (seen?.status === 200) client.saw(stream, Number(seen.body['version']));
}

/** Every loan that was begun has ended or is overdue. */
async function notEnded({ events }: System): Promise<readonly string[]> {
  const streams = new Set(events.commits.map(({ stream }) => stream).filter((each) => categoryOf(each) === 'loan'));
  const ends = [...streams].map(async (stream) => {
    const { state } = await loadStream(events.store, loanDecider, stream);
    return state.stage === 'returned' || state.stage === 'overdue' ? [] : [`${stream} is ${state.stage}`];
  });
  return (await Promise.all(ends)).flat();
}

export const simulatedLibrary: SimulatedApplication<Clock> = {
  subscriptions: subscriptionsOf(library),
  versions: [{ name: 'as it is', projections: readModels, wireVersion: 1 }],
  outside: ({ world }) => ({ now: world.time.now }),
  http: {
    'loans-command': commands,
    query: ({ ports, instance, tableOf }) =>
      handlerOf(
        instance,
        queries({
          store: ports.store,
          authenticate,
          caching: stageCaching(3_600, () => instance.now().getTime()),
          modelOf: (projection) => ({ projection, store: ports.store, table: tableOf(projection.name) }),
        }),
      ),
  },
  processes: { 'overdue-loans': (ports) => processWorker(overdueLoans, ports) },
  notifications: { notices: loanNotices },
  acts: (chance) => Array.from({ length: 1 + chance.below('loans', MOST_LOANS) }, (_, number) => loan(chance, number)),
  atRest: notEnded,
};
