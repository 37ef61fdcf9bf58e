import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDataDirectory } from '../../../local/lifecycle/data-directory.ts';

const emptyDirectory = () => mkdtempSync(join(tmpdir(), 'data-'));
const module = new URL('../../../local/lifecycle/data-directory.ts', import.meta.url).href;

/** Another process that has the directory open. */
async function otherHost(directory: string) {
  const script = `import { openDataDirectory } from '${module}';
    globalThis.close = openDataDirectory(${JSON.stringify(directory)}, { fresh: false }); console.log('open'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

describe('the data directory', () => {
  it('is made where there is none, and opened again with what it holds', () => {
    const directory = join(emptyDirectory(), 'deep', 'data');
    openDataDirectory(directory, { fresh: false })();
    writeFileSync(join(directory, 'kept'), 'x');
    openDataDirectory(directory, { fresh: false })();
    expect(readdirSync(directory)).toContain('kept');
  });

  it('is emptied for a fresh start', () => {
    const directory = emptyDirectory();
    openDataDirectory(directory, { fresh: false })();
    writeFileSync(join(directory, 'old'), 'x');
    openDataDirectory(directory, { fresh: true })();
    expect(readdirSync(directory)).not.toContain('old');
  });

  it('is refused, and left as it is, when it holds something that is not ours, even for a fresh start', () => {
    const directory = emptyDirectory();
    writeFileSync(join(directory, 'thesis.txt'), 'x');
    expect(() => openDataDirectory(directory, { fresh: true })).toThrow('must be empty or hold Eventspine');
    expect(readdirSync(directory)).toEqual(['thesis.txt']);
  });

  it.each([
    ['of before stock had streams of its own', 1],
    ['of a newer version', 3],
  ])('is refused with the way out when its format is one %s, and opens fresh', (_, format) => {
    const directory = emptyDirectory();
    openDataDirectory(directory, { fresh: false })();
    writeFileSync(join(directory, 'format'), `${format}\n`);
    expect(() => openDataDirectory(directory, { fresh: false })).toThrow(
      `The data in ${directory} has format ${format}, this version reads 2. Start empty with: npm start -- --fresh`,
    );
    openDataDirectory(directory, { fresh: true })();
  });

  it('is refused while another host has it open, and free as soon as that one is killed', async () => {
    const directory = emptyDirectory();
    const other = await otherHost(directory);
    expect(() => openDataDirectory(directory, { fresh: true })).toThrow(
      `The data directory ${directory} is in use by another running host (process ${other.pid}).`,
    );
    other.kill('SIGKILL');
    await once(other, 'exit');
    openDataDirectory(directory, { fresh: false })();
  });
});
