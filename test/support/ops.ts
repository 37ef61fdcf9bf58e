// `npm run ops` as a program would call it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { ApiClient } from './api-client.ts';
import { tokenFor } from './sign-in.ts';

/** @returns what it prints with `--json` @throws Error with its last words when it fails */
export async function ops(anyone: ApiClient, ...args: readonly string[]): Promise<Record<string, unknown>> {
  const token = await tokenFor(anyone, { sub: 'operator', groups: ['admin'] });
  const flags = ['--api', anyone.url, '--token', token, '--json'];
  const child = spawn(process.execPath, ['bin/ops.ts', ...args, ...flags]);
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (code !== 0) throw new Error(`ops ${args.join(' ')} ended with ${code}: ${errors}`);
  return JSON.parse(output);
}
