// Whoever calls the API: it tries again where that makes sense, with the same key, and remembers which versions it has seen.
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { SimulatedFunction } from './functions/simulated-function.ts';
import { Violation, type World } from './world/world.ts';

export interface ClientRequest {
  /** Name of the function that answers the route. */
  readonly function: string;
  /** `POST /loans/{loanId}/return` */
  readonly route: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface ClientAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Client {
  readonly name: string;
  /**
   * @param attempts how often it tries; a person soon has enough, and a machine goes on for days
   * @returns `undefined` when it gave up
   */
  send(request: ClientRequest, attempts?: number): Promise<ClientAnswer | undefined>;
  wait(millis: number): Promise<void>;
  /** The newest version of the stream that this client knows of; 0 for none. */
  known(stream: string): number;
  /** @throws Violation when that is older than what the client has seen before */
  saw(stream: string, version: number): void;
}

const PATIENCE_IN_ATTEMPTS = 8;
const GIVES_UP_ON_ONE_IN_MILLIS = 30_000;
const PAUSE_IN_MILLIS = 500;
const LONGEST_PAUSE_IN_MILLIS = 600_000;

export type HttpFunctions = ReadonlyMap<
  string,
  SimulatedFunction<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>
>;

export function newClient(world: World, functions: HttpFunctions, name: string): Client {
  const { time, chance, tell } = world;
  const seen = new Map<string, number>();
  const wait = (millis: number) => new Promise<void>((resolve) => void time.plan(millis, resolve));

  const attempt = (request: ClientRequest): Promise<APIGatewayProxyStructuredResultV2 | undefined> =>
    new Promise((resolve) => {
      const to = functions.get(request.function);
      if (!to) throw new RangeError(`There is no function ${request.function} behind the API`);
      const givingUp = time.plan(GIVES_UP_ON_ONE_IN_MILLIS, () => resolve(undefined));
      time.plan(world.delayAt(`${name} to ${request.function}`), () => {
        if (!to.hasRoom) return resolve({ statusCode: 503 });
        to.invoke(eventOf(request), (outcome) => {
          givingUp.cancel();
          resolve(outcome.kind === 'answered' ? outcome.answer : { statusCode: 502 });
        });
      });
    });

  return {
    ...{ name, wait },
    known: (stream) => seen.get(stream) ?? 0,
    saw(stream, version) {
      const before = seen.get(stream) ?? 0;
      if (version < before) throw new Violation(`${name} had seen ${stream}@${before}, and now sees ${version}`);
      seen.set(stream, version);
    },
    async send(request, attempts = PATIENCE_IN_ATTEMPTS) {
      const what = `${request.route} ${JSON.stringify(request.path ?? request.body ?? {})}`;
      for (let tries = 1; tries <= attempts; tries += 1) {
        tell(name, `${what}${tries > 1 ? `, try ${tries}` : ''}`);
        const answer = await attempt(request);
        tell(name, answer ? `gets ${answer.statusCode}` : 'gets no answer');
        if (answer && isFinal(answer)) return clientAnswer(answer);
        const pause = Math.min(PAUSE_IN_MILLIS * 3 ** tries, LONGEST_PAUSE_IN_MILLIS);
        await wait(pause * (0.5 + chance.at(`${name} pauses`) / 2));
      }
      return undefined;
    },
  };
}

const isFinal = ({ statusCode = 500 }: APIGatewayProxyStructuredResultV2): boolean => statusCode < 500;

const clientAnswer = ({ statusCode = 500, headers, body }: APIGatewayProxyStructuredResultV2): ClientAnswer => ({
  status: statusCode,
  headers: (headers ?? {}) as Record<string, string>,
  body: body ? JSON.parse(body) : {},
});

function eventOf({ route, path = {}, query = {}, headers = {}, body }: ClientRequest): APIGatewayProxyEventV2 {
  const [method = '', template = ''] = route.split(' ');
  const rawPath = template.replaceAll(/\{(\w+)\}/g, (_, parameter) => path[parameter] ?? '');
  return {
    routeKey: route,
    rawPath,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: { 'content-type': 'application/json', 'x-correlation-id': 'c', ...headers },
    pathParameters: path,
    requestContext: { http: { method, path: rawPath } },
    isBase64Encoded: false,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  } as unknown as APIGatewayProxyEventV2;
}
