// An AWS service as its client sees it, over HTTP on this machine: it answers what a test has prepared, and keeps what it was asked.
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';

interface FakeAws<Answer> {
  /** What it answers next, one after the other. */
  readonly answers: Answer[];
  readonly requests: { readonly path: string | undefined; readonly body: string }[];
}

/**
 * Serves for as long as the tests of the file run, and forgets after each of them.
 * @param service as the SDK spells it in the variable of its endpoint: `SESV2`
 * @param respond gets `undefined` when no answer is prepared
 */
export function fakeAws<Answer>(
  service: string,
  respond: (answer: Answer | undefined, response: ServerResponse) => void,
): FakeAws<Answer> {
  const fake: FakeAws<Answer> = { answers: [], requests: [] };
  let server: Server;

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      fake.requests.push({ path: request.url, body: await text(request) });
      respond(fake.answers.shift(), response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, `http://127.0.0.1:${port}`);
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  });

  afterEach(() => {
    fake.answers.length = 0;
    fake.requests.length = 0;
  });

  afterAll(async () => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  return fake;
}
