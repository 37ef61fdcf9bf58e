import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { emptyDirectory, type HostProcess, startHostProcess } from './host-process.ts';

/** Enough for a start on a machine that is busy with other tests. */
const startLimitInMillis = 60_000;

async function tokenFor(url: string, ...groups: string[]): Promise<string> {
  const body = JSON.stringify({ sub: 'ada', groups });
  const response = await fetch(`${url}/local/token`, { method: 'POST', body });
  return ((await response.json()) as { access_token: string }).access_token;
}

describe('the local host', () => {
  const environment = { DATA_DIR: emptyDirectory() };
  let host: HostProcess;
  let url: string;

  beforeAll(async () => {
    host = startHostProcess(environment);
    url = await host.ready;
  }, startLimitInMillis);

  afterAll(async () => {
    host.child.kill('SIGKILL');
    await host.ended;
  });

  it('serves the template, says so in one line, and tells what it does not run', async () => {
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect(host.stdout()).toBe(`Eventspine is ready: ${url}\n`);
    expect(host.stderr()).toMatch(/Not run on this machine: .*AWS::IAM::Role/);
    expect(host.stderr()).not.toMatch(/AWS::(SecretsManager|SES)::/);
    expect(host.stderr()).toContain(`What to do next:\n`);
    expect(host.stderr()).toContain(`API=${url}\n`);
    expect(host.stderr()).toContain(`${join(environment.DATA_DIR, 'functions.log')} `);
  });

  it('tells that it is idle, and what its queues and functions do', async () => {
    expect(await (await fetch(`${url}/local/status`)).json()).toMatchObject({
      idle: true,
      relay: { pending: 0 },
      stream: { pending: 0 },
      queues: expect.arrayContaining([{ name: 'order-detail', visible: 0, inFlight: 0, delayed: 0, deadLetters: 0 }]),
      functions: expect.arrayContaining([expect.objectContaining({ name: 'orders-command', errors: 0 })]),
    });
  });

  it('tells of each fault that is asked for, and of each event, in a line of its own', async () => {
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${await tokenFor(url, 'staff')}`,
      'idempotency-key': 'told',
    };
    const post = (path: string, body: unknown) =>
      fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    await post('/local/faults', { service: 'email', mode: 'down', seconds: 1 });
    await post('/local/faults', { function: 'relay', mode: 'throw', times: 1 });
    const product = { sku: 'TOLD', name: 'Told', unitPrice: 1, currency: 'EUR' };
    expect((await post('/products', product)).status).toBe(201);
    await expect.poll(host.stderr).toMatch(/^Fault: email is down for 1 s$/m);
    await expect.poll(host.stderr).toMatch(/^ *\+0 ms {2}product-TOLD@1 ProductListed$/m);
    await expect.poll(host.stderr).toMatch(/^WARN relay: A fault, as it was asked for/m);
  });

  it('keeps a second one off its data directory', async () => {
    const second = startHostProcess(environment, ['--fresh']);
    expect(await second.ended).toBe(1);
    expect(second.stderr()).toBe(
      `The data directory ${environment.DATA_DIR} is in use by another running host (process ${host.child.pid}).\n`,
    );
  });

  it('stops within 5 s of SIGTERM, then starts on another port with its tokens still valid', {
    timeout: startLimitInMillis,
  }, async () => {
    const authorization = `Bearer ${await tokenFor(url)}`;
    host.child.kill('SIGTERM');
    // Code 1 says that it was cut off before the 5 s were over.
    expect(await host.ended).toBe(0);
    host = startHostProcess(environment);
    const orders = await fetch(`${await host.ready}/customers/me/orders`, { headers: { authorization } });
    expect(orders.status).toBe(200);
  });
});

async function occupiedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as { port: number }).port;
}

interface Refusal {
  readonly environment?: Record<string, string>;
  readonly flags?: string[];
  readonly message: RegExp;
}

describe('the local host refuses in one line', () => {
  it.each<[string, () => Refusal | Promise<Refusal>]>([
    [
      'a port in use',
      async () => {
        const port = String(await occupiedPort());
        return {
          environment: { PORT: port },
          message: new RegExp(`^Port ${port} is in use on 127\\.0\\.0\\.1\\..*\n$`),
        };
      },
    ],
    [
      'a port that is none',
      () => ({ environment: { PORT: 'http' }, message: /^PORT must be an integer from 0 to 65535, got "http"\.\n$/ }),
    ],
    ['an unknown flag', () => ({ flags: ['--frehs'], message: /^The flags are .*--help, got: --frehs\n$/ })],
    [
      'data of another format',
      () => {
        const directory = emptyDirectory();
        writeFileSync(join(directory, 'format'), '0\n');
        return { environment: { DATA_DIR: directory }, message: /^The data in \S+ has format 0, .*--fresh\n$/ };
      },
    ],
    [
      'a data directory that is a file',
      () => {
        const file = join(emptyDirectory(), 'file');
        writeFileSync(file, 'x');
        return { environment: { DATA_DIR: file }, message: /^The data directory cannot be used: .*\n$/ };
      },
    ],
    [
      'a data directory in a place that takes none',
      () => ({ environment: { DATA_DIR: '/proc/none/data' }, message: /^The data directory cannot be used: .*\n$/ }),
    ],
    [
      'a data directory in a file’s place',
      () => ({ environment: { DATA_DIR: '/dev/null/data' }, message: /^The data directory cannot be used: .*\n$/ }),
    ],
  ])('%s', async (_name, arrange) => {
    const { environment, flags, message } = await arrange();
    const host = startHostProcess({ DATA_DIR: emptyDirectory(), ...environment }, flags);
    onTestFinished(() => void host.child.kill('SIGKILL'));
    expect(await host.ended).toBe(1);
    expect(host.stderr()).toMatch(message);
    expect(host.stdout()).toBe('');
  });
});

describe('the command line', () => {
  it('ends in good order when it is told to before it serves', { timeout: startLimitInMillis }, async () => {
    const { child, ended, stderr, stdout } = startHostProcess({ DATA_DIR: emptyDirectory() });
    await expect.poll(stderr, { timeout: startLimitInMillis }).toMatch(/^Starting on /m);
    child.kill('SIGTERM');
    expect([await ended, stdout()]).toEqual([0, '']);
    expect(stderr()).toMatch(/\nStopping \(SIGTERM\) …\n$/);
  });

  it('answers --help without a start', async () => {
    const host = startHostProcess({}, ['--help']);
    expect(await host.ended).toBe(0);
    expect(host.stdout()).toMatch(/^Usage: npm start/);
    expect(host.stderr()).toBe('');
  });
});
