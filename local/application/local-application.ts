// What an application adds to the local host: the default export of a `local.ts` beside its `app.ts`, if it has one. These are
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
  /**
   * For an event's line in the terminal: the stream that the event is about, where its own stream does not say. @returns a
   * stream
   */
  subjectOf?(event: ShownEvent): string | undefined;
  /** Keys of a function's log entries whose values the terminal shows as well. They must not identify anybody. */
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
  /** The rule that an error message names: `a whole number from 1 to 90`. */
  readonly rule: string;
  accepts(value: string): boolean;
}

/** A service beside AWS's that the application's functions call over HTTP. */
export interface LocalService {
  /** Its name in `POST /local/faults`. The host answers for it with 503 while it is down, and with 429 while it throttles. */
  readonly name: string;
  /** The functions' variable that holds its address. */
  readonly endpointVariable: string;
  /** What it throws is shown in the terminal and answered with 500. */
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
