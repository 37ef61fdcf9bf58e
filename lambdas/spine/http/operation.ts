// An operation of the HTTP API: its schemas say what is accepted, and the published OpenAPI document is made of them.
import type * as z from 'zod';

/** As API Gateway spells it: `POST /loans/{loanId}/return`. */
export type RouteKey = `${'GET' | 'POST'} /${string}`;

export interface Operation<
  Path extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
> {
  /**
   * What is asked for with GET is answered by the query function, the rest by the command function of the group; where the group
   * names one function for both, by that.
   */
  readonly route: RouteKey;
  readonly summary: string;
  /** Markdown. */
  readonly description?: string;
  /**
   * Who may call it. The gateway requires a token of customers, staff and admins, and the edge keeps their answers apart by caller.
   * `signature`: no token; the sender signs the request with a secret that we share.
   */
  readonly access: 'public' | 'customer' | 'staff' | 'admin' | 'signature';
  /**
   * Whether the edge may keep the answer to a GET, for as long as the answer says.
   * @default true
   */
  readonly isKeptByEdge?: boolean;
  /**
   * The part of the stage's throttle that the route takes: the more a request costs, the less. HEAD takes a tenth of its GET.
   * @default 1 for GET, which reads a row; 0.2 for a write, which many subscribers hear of
   */
  readonly throttleShare?: number;
  readonly path?: Path;
  readonly query?: Query;
  /** Commands have one; what an admin starts may. */
  readonly body?: Body;
  /** A body that fits. */
  readonly example?: unknown;
  readonly success: {
    readonly status: 200 | 201 | 202;
    /** The status where nothing was begun, with the same schema. */
    readonly also?: 200;
    /** @default JSON */
    readonly mediaType?: 'text/html';
    readonly schema: z.ZodType;
  };
  /** Problem codes beyond those that every operation can answer. */
  readonly problems: readonly string[];
}

type Accessed = Pick<Operation, 'access' | 'body'>;

export const needsToken = ({ access }: Pick<Operation, 'access'>): boolean =>
  access === 'customer' || access === 'staff' || access === 'admin';

/** Whether it decides on a stream, and so takes an idempotency key and expected versions. What an admin starts is no part of a stream. */
export const isCommand = ({ access, body }: Accessed): boolean => body !== undefined && access !== 'admin';
