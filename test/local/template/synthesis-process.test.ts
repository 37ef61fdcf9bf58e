import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { SynthesisRequest } from '../../../local/template/synthesis.ts';

const module = new URL('../../../local/template/synthesis-process.ts', import.meta.url).href;

test('under `node --watch`, where processes also report the files that they load, the synthesis gives the templates', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'synthesis-'));
  const program = join(folder, 'program.mjs');
  const request: SynthesisRequest = {
    application: 'test/local/application/greeter',
    context: { tokenIssuer: 'http://issuer', tokenAudience: 'a', tokenJwksUri: 'http://issuer/jwks.json' },
    assemblyFolder: join(folder, 'cdk.out'),
  };
  const script = `import { synthesiseInProcess } from '${module}';
    const { stacks } = await synthesiseInProcess(${JSON.stringify(request)});
    process.send({ names: stacks.map(({ stack }) => stack) }, () => process.exit());`;
  writeFileSync(program, script);
  // What the watcher runs: a process with this variable, that it hears from by messages.
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, WATCH_REPORT_DEPENDENCIES: '1' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const messages: { names?: string[] }[] = [];
  child.on('message', (message) => void messages.push(message as { names?: string[] }));
  await once(child, 'exit');
  expect(messages.find(({ names }) => names)?.names).toEqual(['greeter']);
}, 60_000);
