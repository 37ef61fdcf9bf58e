import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startFunctions } from '../../../local/functions/function-host.ts';
import type { FunctionSpec } from '../../../local/functions/function-spec.ts';

const endpoints = {
  dynamodb: 'http://127.0.0.1:1',
  kinesis: 'http://127.0.0.1:2',
  sqs: 'http://127.0.0.1:3',
  secretsManager: 'http://127.0.0.1:4',
  ses: 'http://127.0.0.1:5',
  cloudfront: 'http://127.0.0.1:6',
};

/** Runs functions by their code, each with the same settings but those given. */
function start(
  code: Readonly<Record<string, string>>,
  { endAfterMillis, ...settings }: Partial<FunctionSpec> & { readonly endAfterMillis?: number } = {},
) {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'eventspine-'));
  const lines: string[] = [];
  const specs = Object.entries(code).map(([name, source]) => {
    const codeFolder = mkdtempSync(join(dataDirectory, name));
    writeFileSync(join(codeFolder, 'index.mjs'), source);
    const environment = {};
    return {
      name,
      codeFolder,
      handler: 'index.handler',
      environment,
      timeoutInSeconds: 5,
      memoryInMegabytes: 128,
      ...settings,
    };
  });
  const functions = startFunctions(specs, {
    endpoints,
    log: (...line) => lines.push(line.join(' ')),
    ...(endAfterMillis !== undefined && { endAfterMillis }),
  });
  onTestFinished(async () => {
    await functions.stop();
    rmSync(dataDirectory, { recursive: true, force: true });
  });
  return { functions, lines };
}

const success = (payload: unknown) => ({ kind: 'success', payload });

test('gives a function its event and context, and its own environment without anything of the host', async () => {
  const { functions } = start(
    {
      echo: `export const handler = async (event, context) => ({
        event,
        environment: process.env,
        name: context.functionName,
        arn: context.invokedFunctionArn,
        requestId: context.awsRequestId,
        memory: context.memoryLimitInMB,
        remaining: context.getRemainingTimeInMillis(),
      });`,
    },
    { environment: { TABLE: 'events' } },
  );

  const result = await functions.invoke('echo', { at: new Date(0), nothing: undefined });

  expect(result).toEqual(
    success({
      event: { at: '1970-01-01T00:00:00.000Z' },
      environment: expect.objectContaining({
        TABLE: 'events',
        AWS_LAMBDA_FUNCTION_NAME: 'echo',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
        AWS_REGION: 'us-east-1',
        AWS_ENDPOINT_URL_CLOUDFRONT: endpoints.cloudfront,
        AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
        AWS_ENDPOINT_URL_KINESIS: endpoints.kinesis,
        AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
        AWS_ENDPOINT_URL_SESV2: endpoints.ses,
        AWS_ENDPOINT_URL_SQS: endpoints.sqs,
        TZ: 'UTC',
        _HANDLER: 'index.handler',
      }),
      name: 'echo',
      arn: 'arn:aws:lambda:us-east-1:000000000000:function:echo',
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
      memory: '128',
      remaining: expect.toSatisfy((millis: number) => millis > 0 && millis <= 5000),
    }),
  );
  const { environment } = (result as { payload: { environment: object } }).payload;
  expect(environment).not.toHaveProperty('PATH');
  expect(environment).not.toHaveProperty('NODE_COMPILE_CACHE');
});

test('keeps what a function has in memory from one invocation to the next, and apart from other functions', async () => {
  const counter = 'globalThis.count = 0; export const handler = async () => ++globalThis.count;';
  const { functions } = start({ one: counter, other: counter });

  await functions.invoke('one', {});
  expect(await functions.invoke('one', {})).toEqual(success(2));
  expect(await functions.invoke('other', {})).toEqual(success(1));
});

test('answers null for a handler that returns nothing', async () => {
  const { functions } = start({ silent: 'export const handler = async () => {};' });

  expect(await functions.invoke('silent', {})).toEqual(success(null));
});

test('makes an invocation take longer, and counts that to its time limit', async () => {
  const { functions } = start({ slow: 'export const handler = async () => 1;' }, { timeoutInSeconds: 1 });
  const startedAt = performance.now();
  expect(await functions.invoke('slow', {}, { slowByMillis: 300 })).toEqual({ kind: 'success', payload: 1 });
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(290);
  expect(await functions.invoke('slow', {}, { slowByMillis: 5_000 })).toMatchObject({ errorType: 'Sandbox.Timedout' });
});

test('gives a busy function further environments up to the limit, and lets further invocations wait in line', async () => {
  const { functions } = start({
    slow: `const id = Math.random(); let busy = 0; let most = 0;
      export const handler = async () => {
        most = Math.max(most, ++busy);
        await new Promise((resolve) => setTimeout(resolve, 100));
        busy -= 1;
        return { id, most };
      };`,
  });

  const results = await Promise.all(Array.from({ length: 10 }, () => functions.invoke('slow', {})));

  const payloads = results.map((result) => (result as { payload: { id: number; most: number } }).payload);
  expect(new Set(payloads.map(({ id }) => id)).size).toBe(4);
  expect(payloads.every(({ most }) => most === 1)).toBe(true);
});

test('ends the environments of a function that are not needed any more, but for the last one, which has its memory still', async () => {
  const { functions } = start(
    {
      busy: `const id = Math.random(); let count = 0;
        export const handler = async ({ millis }) => {
          await new Promise((resolve) => setTimeout(resolve, millis));
          return { id, count: ++count };
        };`,
    },
    { endAfterMillis: 300 },
  );
  const crowd = async () => {
    const results = await Promise.all(Array.from({ length: 4 }, () => functions.invoke('busy', { millis: 200 })));
    return results.map((result) => (result as { payload: { id: number; count: number } }).payload);
  };
  const before = await crowd();

  await new Promise((resolve) => setTimeout(resolve, 1_000));

  const survivors = (await crowd()).filter(({ count }) => count > 1);
  expect(survivors).toHaveLength(1);
  expect(before.map(({ id }) => id)).toContain(survivors[0]?.id);
});

test('reports an error that a handler throws by its type and message, logs it, and keeps the environment', async () => {
  const { functions, lines } = start({
    failing: `let count = 0;
      export const handler = async () => { count += 1; if (count === 1) throw new RangeError('too far'); return count; };`,
  });

  const result = await functions.invoke('failing', {});

  expect(result).toEqual({ kind: 'error', errorType: 'RangeError', errorMessage: 'too far' });
  expect(await functions.invoke('failing', {})).toEqual(success(2));
  await expect.poll(() => lines.join('\n')).toMatch(/failing stderr .*"level":"ERROR".*RangeError: too far/);
});

test('ends an environment that takes too long, even in a loop without a wait, and starts a new one', async () => {
  const { functions } = start(
    {
      stuck:
        'let count = 0; export const handler = async (event) => { count += 1; while (event.loop); return count; };',
    },
    { timeoutInSeconds: 0.3 },
  );

  expect(await functions.invoke('stuck', { loop: true })).toMatchObject({
    kind: 'error',
    errorType: 'Sandbox.Timedout',
    errorMessage: expect.stringContaining('Task timed out after 0.30 seconds'),
  });
  expect(await functions.invoke('stuck', {})).toEqual(success(1));
});

test.each([
  ['exits', 'process.exit(3)', /exit status 3/],
  [
    'throws outside the handler',
    "setTimeout(() => { throw new Error('lost'); }); await new Promise(() => {});",
    /exit status 1/,
  ],
  ['rejects outside the handler', "Promise.reject(new Error('lost')); await new Promise(() => {});", /exit status 1/],
])('reports a process that %s in the middle of an invocation, and starts a new one', async (_, death, reason) => {
  const { functions } = start({
    mortal: `let count = 0; export const handler = async ({ dies }) => { count += 1; if (dies) { ${death} } return count; };`,
  });
  expect(await functions.invoke('mortal', {})).toEqual(success(1));

  expect(await functions.invoke('mortal', { dies: true })).toMatchObject({
    kind: 'error',
    errorType: 'Runtime.ExitError',
    errorMessage: expect.stringMatching(reason),
  });
  expect(await functions.invoke('mortal', {})).toEqual(success(1));
});

test('does not use an environment that has died between two invocations', async () => {
  const { functions, lines } = start({
    mortal: `let count = 0;
      export const handler = async () => { setTimeout(() => { throw new Error('afterwards'); }, 20); return ++count; };`,
  });
  await functions.invoke('mortal', {});
  await expect.poll(() => lines.join('\n')).toContain('afterwards');

  expect(await functions.invoke('mortal', {})).toEqual(success(1));
});

test.each([
  [
    'throws when it is loaded',
    "throw new TypeError('no TABLE');",
    { errorType: 'TypeError', errorMessage: 'no TABLE' },
  ],
  [
    'lacks the handler',
    'export const other = 1;',
    { errorMessage: expect.stringContaining('must export a function handler') },
  ],
])('reports a function that %s at every invocation', async (_, code, error) => {
  const { functions } = start({ broken: code });

  expect(await functions.invoke('broken', {})).toMatchObject({ kind: 'error', ...error });
  expect(await functions.invoke('broken', {})).toMatchObject({ kind: 'error', ...error });
});

test('hands on what a function writes, line by line', async () => {
  const { functions, lines } = start({
    talker: "export const handler = async () => { console.log('one\\ntwo'); console.error('three'); };",
  });

  await functions.invoke('talker', {});

  await expect.poll(() => lines.toSorted()).toEqual(['talker stderr three', 'talker stdout one', 'talker stdout two']);
});

test('starts once what it is to warm, and the others when they are needed', async () => {
  const started = "console.log('started'); export const handler = async () => 'warm';";
  const { functions, lines } = start({ a: started, b: started, c: started });

  await functions.warm(['a', 'b', 'a']);
  expect(await functions.invoke('b', {})).toEqual(success('warm'));
  await expect.poll(() => lines.toSorted()).toEqual(['a stdout started', 'b stdout started']);

  expect(await functions.invoke('c', {})).toEqual(success('warm'));
  await expect.poll(() => lines.at(-1)).toBe('c stdout started');
});

test('runs other code when it gets it, lets what runs end with the old one, and wakes what waits in line', async () => {
  const slow = (word: string) =>
    `let n = 0; export const handler = async ({ millis = 0 }) => { await new Promise((r) => setTimeout(r, millis)); return '${word}' + ++n; };`;
  const { functions } = start({ talker: slow('old') });
  const other = mkdtempSync(join(tmpdir(), 'eventspine-'));
  writeFileSync(join(other, 'index.mjs'), slow('new'));
  const running = Array.from({ length: 4 }, () => functions.invoke('talker', { millis: 600 }));
  await new Promise((resolve) => setTimeout(resolve, 200));
  const waiting = functions.invoke('talker', {});

  await functions.replaceCode('talker', other);

  expect(await waiting).toEqual(success('new1'));
  expect(await Promise.all(running)).toEqual(Array.from({ length: 4 }, () => success('old1')));
  expect(await functions.invoke('talker', {})).toEqual(success('new2'));
});

test('counts invocations and errors, and knows how long they took', async () => {
  const { functions } = start({
    timed: `export const handler = async ({ millis }) => {
      if (millis === undefined) throw new Error('no time');
      await new Promise((resolve) => setTimeout(resolve, millis));
    };`,
  });
  expect(functions.stats()).toEqual([{ name: 'timed', invocations: 0, errors: 0, p50Ms: 0, p99Ms: 0 }]);

  for (const millis of [1, 1, 1, undefined, 200]) await functions.invoke('timed', { millis });

  const [stats] = functions.stats();
  expect(stats).toMatchObject({ invocations: 5, errors: 1 });
  expect(stats?.p99Ms).toBeGreaterThanOrEqual(199);
  expect(stats?.p50Ms).toBeLessThan(stats?.p99Ms ?? 0);
});

test('ends what runs and what waits when it stops', async () => {
  const { functions } = start({ endless: 'export const handler = () => new Promise(() => {});' });
  await functions.warm(['endless']);
  const invocations = Array.from({ length: 6 }, () => functions.invoke('endless', {}));

  await functions.stop();

  expect((await Promise.all(invocations)).every(({ kind }) => kind === 'error')).toBe(true);
});

test('rejects a function that is not in the template', async () => {
  const { functions } = start({ known: 'export const handler = async () => {};' });

  await expect(functions.invoke('unknown', {})).rejects.toThrow('unknown is none of known');
});

const writer = `import { appendFileSync } from 'node:fs';
  let count = 0;
  export const handler = async ({ file }) => { appendFileSync(file, 'x'); return ++count; };`;

test('throws before the handler when it is told to, counts that as an error, and keeps the environment', async () => {
  const { functions } = start({ writer });
  const file = join(mkdtempSync(join(tmpdir(), 'eventspine-')), 'written');
  expect(await functions.invoke('writer', { file })).toEqual(success(1));

  expect(await functions.invoke('writer', { file }, 'throw')).toMatchObject({
    kind: 'error',
    errorType: 'ForcedError',
  });

  expect(readFileSync(file, 'utf8')).toBe('x');
  expect(await functions.invoke('writer', { file })).toEqual(success(2));
  expect(functions.stats()).toMatchObject([{ invocations: 3, errors: 1 }]);
});

test('dies after the work of the handler and before its answer when it is told to', async () => {
  const { functions } = start({ writer });
  const file = join(mkdtempSync(join(tmpdir(), 'eventspine-')), 'written');
  expect(await functions.invoke('writer', { file })).toEqual(success(1));

  expect(await functions.invoke('writer', { file }, 'crash')).toMatchObject({
    kind: 'error',
    errorType: 'Runtime.ExitError',
    errorMessage: expect.stringContaining('Runtime exited'),
  });

  expect(readFileSync(file, 'utf8')).toBe('xx');
  expect(await functions.invoke('writer', { file })).toEqual(success(1));
  expect(functions.stats()).toMatchObject([{ invocations: 3, errors: 1 }]);
});
