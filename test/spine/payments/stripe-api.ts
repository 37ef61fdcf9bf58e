// Stripe's API as far as the adapter calls it, on this machine: answers what a test prepared, in the shapes that Stripe
// documents, and keeps what it was asked.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface PreparedAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface SeenRequest {
  readonly call: string;
  readonly form: Readonly<Record<string, string>>;
  readonly idempotencyKey: string | undefined;
  readonly authorization: string | undefined;
}

const unprepared: PreparedAnswer = {
  status: 404,
  body: { error: { type: 'invalid_request_error', message: 'Unrecognized request URL' } },
};

export async function startStripeApi() {
  const answers: PreparedAnswer[] = [];
  const seen: SeenRequest[] = [];
  const server = createServer(async (request, response) => {
    const form = Object.fromEntries(new URLSearchParams(await text(request)));
    const { authorization, 'idempotency-key': key } = request.headers;
    seen.push({ call: `${request.method} ${request.url}`, form, idempotencyKey: key?.toString(), authorization });
    const { status, body, headers } = answers.shift() ?? unprepared;
    response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_1', ...headers });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: { host: '127.0.0.1', port: (server.address() as AddressInfo).port, protocol: 'http' },
    seen,
    prepare: (...prepared: readonly PreparedAnswer[]) => answers.push(...prepared),
    stop: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  } as const;
}

export const intent = (status: string): PreparedAnswer => ({
  status: 200,
  body: {
    id: 'pi_1',
    object: 'payment_intent',
    amount: 1999,
    amount_received: status === 'succeeded' ? 1999 : 0,
    capture_method: 'automatic',
    client_secret: 'pi_1_secret_abc',
    currency: 'eur',
    livemode: false,
    metadata: { orderId: 'o1' },
    payment_method: 'pm_card_visa',
    status,
  },
});

export const refund = (status: string): PreparedAnswer => ({
  status: 200,
  body: { id: 're_1', object: 'refund', amount: 1999, currency: 'eur', payment_intent: 'pi_1', status },
});

/** What a search finds: intents of these statuses, newest first. */
export const found = (...statuses: readonly string[]): PreparedAnswer => ({
  status: 200,
  body: {
    object: 'search_result',
    url: '/v1/payment_intents/search',
    has_more: false,
    data: statuses.map((status, index) => ({ id: `pi_${index + 1}`, object: 'payment_intent', status })),
  },
});

export const failure = (status: number, error: Readonly<Record<string, unknown>>): PreparedAnswer => ({
  status,
  body: { error: { message: 'Anna Karenina may not do this', ...error } },
});
