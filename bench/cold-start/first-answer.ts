// How long a fresh process of Node takes from its start to a handler's first answer, with what the function finds on Lambda.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** An event with nothing to do: no record; for an API's function a request for what needs no table. */
export const eventFor = (name: string): unknown =>
  /^(query|orders-command|products-command|payment-callback)$/.test(name) ? request(name) : { Records: [] };

function request(name: string): unknown {
  const [method, path] = name === 'query' ? ['GET', '/health'] : ['POST', '/nowhere'];
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: '',
    headers: { host: 'bench.example', 'content-type': 'application/json' },
    requestContext: { http: { method, path, sourceIp: '127.0.0.1' }, requestId: '1', domainName: 'bench.example' },
    isBase64Encoded: false,
  };
}

/**
 * @param variables of the function
 * @returns milliseconds
 * @throws Error when the handler throws
 */
export async function firstAnswer(
  bundleFolder: string,
  event: unknown,
  variables: Readonly<Record<string, string>>,
): Promise<number> {
  const index = pathToFileURL(join(bundleFolder, 'index.mjs')).href;
  const context = `{ awsRequestId: '1', functionName: 'bench', getRemainingTimeInMillis: () => 10_000 }`;
  const code = `const { handler } = await import('${index}');
    await handler(${JSON.stringify(event)}, ${context});
    process.stdout.write('\\nmillis ' + performance.now());
    process.exit();`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', code], { env: { ...variables } });
  return Number(/millis (.*)$/.exec(stdout)?.[1]);
}
