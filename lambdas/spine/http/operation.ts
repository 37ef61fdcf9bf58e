// An operation of the HTTP API: its schemas say what is accepted, and the published OpenAPI document is made of them.
import type * as z from 'zod';
import type { NamedRouteKey } from '../bindings/routes.ts';

export interface Operation<
  Path extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
> {
  readonly route: NamedRouteKey;
  readonly summary: string;
  /** Markdown. */
  readonly description?: string;
  /** `signature`: no token; the sender signs the request with a secret that we share. */
  readonly access: 'public' | 'customer' | 'staff' | 'signature';
  readonly path?: Path;
  readonly query?: Query;
  /** Commands have one. */
  readonly body?: Body;
  /** A body that fits. */
  readonly example?: unknown;
  readonly success: {
    readonly status: 200 | 201 | 202;
    /** @default JSON */
    readonly mediaType?: 'text/html';
    readonly schema: z.ZodType;
  };
  /** Problem codes beyond those that every operation can answer. */
  readonly problems: readonly string[];
}
