// The host with an application that is not the default one: it is told its folder, and nothing else.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyDirectory, type HostProcess, startHostProcess } from '../host/host-process.ts';

const greeter = ['--app', 'test/local/application/greeter'];

/** Enough for a start on a machine that is busy with other tests. */
const startLimitInMillis = 60_000;

describe('the host of another application', () => {
  const environment = { DATA_DIR: emptyDirectory(), GREETING: 'Grüß' };
  let host: HostProcess;
  let url: string;
  const post = async (path: string, body?: unknown) => {
    const response = await fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body) ?? null });
    return { status: response.status, body: await response.json() };
  };

  beforeAll(async () => {
    host = startHostProcess(environment, greeter);
    url = await host.ready;
  }, startLimitInMillis);

  afterAll(async () => {
    host.child.kill('SIGTERM');
    await host.ended;
  });

  it('runs its functions, with its table, its service and what its variable says', async () => {
    expect(await post('/greetings/Ada')).toEqual({ status: 200, body: { text: 'Grüß ADA', times: 1 } });
    expect(await post('/greetings/Ada')).toEqual({ status: 200, body: { text: 'Grüß ADA', times: 2 } });
  });

  it('has the endpoints of every host, and its own beside them', async () => {
    const status = await (await fetch(`${url}/local/status`)).json();
    expect(status).toMatchObject({ idle: true, functions: [{ name: 'greet' }] });
    const text = 'Grüß 貓';
    expect(await post('/local/greetings/貓', { times: 3 })).toEqual({ status: 200, body: { text, times: 3 } });
    expect(await post('/local/greetings/貓', { times: 0 })).toMatchObject({
      status: 400,
      body: { code: 'validation_failed', errors: [{ pointer: '/body/times' }] },
    });
  });

  it('plans faults for its service', async () => {
    const fault = { service: 'translator', mode: 'down', seconds: 60 };
    expect(await post('/local/faults', fault)).toEqual({ status: 200, body: fault });
    expect((await post('/greetings/Ada')).status).toBe(503);
    await post('/local/faults', { ...fault, seconds: 0 });
    expect((await post('/greetings/Ada')).status).toBe(200);
  });

  it('tells what can be done with it, and nothing of an API page that it has not', () => {
    expect(host.stderr()).toContain(
      `\n  greet somebody      curl -X POST ${url}/greetings/Ada\n  see what happens    `,
    );
    expect(host.stderr()).not.toContain('/docs');
  });

  it('keeps the default application off its data', async () => {
    const { DATA_DIR } = environment;
    const other = startHostProcess({ DATA_DIR });
    expect(await other.ended).toBe(1);
    expect(other.stderr()).toMatch(
      /^The data in \S+ is that of test\/local\/application\/greeter\. .* with DATA_DIR\.\n$/,
    );
  });
});

describe('the host refuses in one line', () => {
  const folderWith = (files: Readonly<Record<string, string>>): string => {
    const folder = emptyDirectory();
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return folder;
  };

  it.each([
    [
      'a folder that does not exist',
      () => '/nowhere/at/all',
      /^No application is in "\/nowhere\/at\/all", which does not/,
    ],
    [
      'a folder without app.ts',
      () => folderWith({}),
      /^No application is in .*, which has no app\.ts\. An application is/,
    ],
    [
      'a local.ts that says nothing',
      () => folderWith({ 'app.ts': '', 'local.ts': 'export {};' }),
      /^\S+local\.ts must export by default .*: a LocalApplication\./,
    ],
  ])('%s', async (_, folder, message) => {
    const host = startHostProcess({ DATA_DIR: emptyDirectory() }, ['--app', folder()]);
    expect(await host.ended).toBe(1);
    expect(host.stderr()).toMatch(message);
    expect(host.stderr().split('\n')).toHaveLength(2);
  });

  it(
    'an app.ts that exports no application',
    async () => {
      const host = startHostProcess({ DATA_DIR: emptyDirectory() }, [
        '--app',
        folderWith({ 'app.ts': 'export default {};' }),
      ]);
      expect(await host.ended).toBe(1);
      expect(host.stderr()).toMatch(
        /\nNo application is in .*, which has an app\.ts without such a default export\..*\n$/,
      );
    },
    startLimitInMillis,
  );
});
