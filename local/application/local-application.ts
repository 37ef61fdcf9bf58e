// What an application says of its life on a laptop: the default export of a `local.ts` beside its `app.ts`, if it has one. These are
// types alone: an application's folder is deployed from where there is no local host.
import type * as z from 'zod';
import type { HttpRequest, HttpResponse } from '../gateway/http-exchange.ts';
import type { Resource } from '../ports.ts';

export interface LocalApplication {
  readonly variables?: readonly LocalVariable[];
  /** Called once for each host. */
  services?(): readonly LocalService[];
  /** By route keys below `/local/`: `POST /local/loans/{loanId}`. Called once, when the template is known. */
  endpoints?(host: RunningHost): LocalApplicationEndpoints;
  /** For the line that tells of an event: what it is about where its stream does not say so. @returns a stream */
  subjectOf?(event: ShownEvent): string | undefined;
  /** Of a function's log entry, the keys whose values the terminal shows too. They must tell of nobody. */
  readonly shownLogKeys?: readonly string[];
  /** What a user can do next, and how: `borrow a book` → `curl …`. @param url where the host serves */
  welcome?(url: string): Readonly<Record<string, string>>;
}

/** A variable of the host's environment that sets a key of the CDK context. Unset or empty, the stage `local` has its default. */
export interface LocalVariable {
  readonly name: string;
  readonly contextKey: string;
  /** For `--help`: `how long a book is lent (default 28)`. */
  readonly description: string;
  /** Ends the sentence that refuses a value: `a whole number from 1 to 90`. */
  readonly rule: string;
  accepts(value: string): boolean;
}

/** A service beside AWS's that the application's functions call over HTTP. */
export interface LocalService {
  /** By which `POST /local/faults` knows it. While it is down the host answers 503 in its place, where it throttles 429. */
  readonly name: string;
  /** The functions' variable that holds its address. */
  readonly endpointVariable: string;
  /** What it throws is told in the terminal, and answered 500. */
  answer(request: HttpRequest): Promise<HttpResponse>;
}

export interface RunningHost {
  /** Where the API listens: `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly resources: readonly Resource[];
  /** The value of a secret of the template. @throws Error for an unknown ARN */
  secretValue(arn: string): string;
}

export interface LocalEndpointRequest extends Pick<HttpRequest, 'query' | 'headers' | 'correlationId'> {
  /** Decoded, by the names in the route key. */
  readonly pathParameters: Readonly<Record<string, string>>;
  /** @throws Problem 400 that names what does not fit the schema */
  body<Schema extends z.ZodType>(schema: Schema): z.output<Schema>;
}

export type LocalApplicationEndpoints = Readonly<
  Record<string, (request: LocalEndpointRequest) => Promise<HttpResponse>>
>;

export interface ShownEvent {
  readonly stream: string;
  readonly type: string;
  readonly data: unknown;
}
