// The bodies that the public contract promises, written down a second time on purpose: a change of the API's own schemas
// must not change what the outside tests expect.

export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
  /** Of `total_changed`, like the currency. */
  readonly total?: number;
  readonly currency?: string;
}

export interface ProductChanged {
  readonly sku: string;
  readonly version: number;
}

export interface ProductBody {
  readonly sku: string;
  readonly name: string;
  readonly unitPrice: number;
  readonly currency: string;
  readonly available: number;
  readonly version: number;
}

export interface ProductPage {
  readonly products: readonly ProductBody[];
  readonly nextCursor?: string;
}

export interface OrderChanged {
  readonly orderId: string;
  readonly version: number;
  readonly status: string;
}

interface OrderSummaryBody {
  readonly orderId: string;
  readonly status: string;
  readonly total: number;
  readonly currency: string;
  readonly placedAt: string;
  readonly version: number;
}

export interface OrderBody extends OrderSummaryBody {
  readonly customerId: string;
  readonly lines: readonly { sku: string; name: string; quantity: number; unitPrice: number }[];
  readonly updatedAt: string;
  readonly rejection?: { readonly code: string; readonly sku?: string };
  readonly cancellation?: { readonly reason: string };
  readonly payment?: { readonly status: string; readonly transactionId: string };
  readonly shipment?: { readonly carrier: string; readonly trackingNumber: string };
}

export interface OrderPage {
  readonly orders: readonly OrderSummaryBody[];
  readonly nextCursor?: string;
}

export interface CloudEventBody {
  readonly id: string;
  readonly type: string;
  /** The event's stream. */
  readonly subject: string;
  readonly sequence: string;
  readonly time: string;
  readonly correlationid: string;
  readonly causationid: string;
  readonly data: unknown;
}

export interface EventsBody {
  readonly events: readonly CloudEventBody[];
}

export interface EmailsBody {
  readonly emails: readonly {
    readonly to: string;
    readonly subject: string;
    readonly text: string;
    readonly sentAt: string;
  }[];
}

export interface StatusBody {
  readonly idle: boolean;
  readonly relay: { readonly pending: number };
  readonly stream: { readonly pending: number };
  readonly queues: readonly {
    readonly name: string;
    readonly visible: number;
    readonly inFlight: number;
    readonly deadLetters: number;
  }[];
  readonly functions: readonly {
    readonly name: string;
    readonly invocations: number;
    readonly errors: number;
    readonly p50Ms: number;
    readonly p99Ms: number;
  }[];
}
