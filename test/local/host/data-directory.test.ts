import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { defaultApplication } from '../../../lib/spine/application-folder.ts';
import { openDataDirectory } from '../../../local/lifecycle/data-directory.ts';

const emptyDirectory = () => mkdtempSync(join(tmpdir(), 'data-'));
const applicationFolder = 'examples/library';
const kept = { applicationFolder, fresh: false };
const fresh = { applicationFolder, fresh: true };
const ofDefault = { applicationFolder: defaultApplication, fresh: false };
const module = new URL('../../../local/lifecycle/data-directory.ts', import.meta.url).href;

/** Another process that has the directory open. */
async function otherHost(directory: string) {
  const script = `import { openDataDirectory } from '${module}';
    globalThis.close = openDataDirectory(${JSON.stringify(directory)}, ${JSON.stringify(kept)}); console.log('open'); setInterval(() => {}, 1000);`;
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
    openDataDirectory(directory, kept)();
    writeFileSync(join(directory, 'kept'), 'x');
    openDataDirectory(directory, kept)();
    expect(readdirSync(directory)).toContain('kept');
  });

  it('is emptied for a fresh start', () => {
    const directory = emptyDirectory();
    openDataDirectory(directory, kept)();
    writeFileSync(join(directory, 'old'), 'x');
    openDataDirectory(directory, fresh)();
    expect(readdirSync(directory)).not.toContain('old');
  });

  it('is refused, and left as it is, when it holds something that is not ours, even for a fresh start', () => {
    const directory = emptyDirectory();
    writeFileSync(join(directory, 'thesis.txt'), 'x');
    expect(() => openDataDirectory(directory, fresh)).toThrow('must be empty or hold Eventspine');
    expect(readdirSync(directory)).toEqual(['thesis.txt']);
  });

  it.each([
    ['of an older version', 1],
    ['of a newer version', 3],
  ])('is refused with the way out when its format is one %s, and opens fresh', (_, format) => {
    const directory = emptyDirectory();
    openDataDirectory(directory, kept)();
    writeFileSync(join(directory, 'format'), `${format}\n`);
    expect(() => openDataDirectory(directory, kept)).toThrow(
      `The data in ${directory} has format ${format}, this version reads 2. Start empty with: npm start -- --app examples/library --fresh`,
    );
    openDataDirectory(directory, fresh)();
  });

  it.each([
    ['even for a fresh start', fresh],
    ['whatever the format', kept],
  ])('of another application is refused, and left as it is, %s', (_, settings) => {
    const directory = emptyDirectory();
    openDataDirectory(directory, ofDefault)();
    writeFileSync(join(directory, 'format'), '0\n');
    const before = readdirSync(directory);
    expect(() => openDataDirectory(directory, settings)).toThrow(
      `The data in ${directory} is that of ${defaultApplication}. Set another directory for examples/library with DATA_DIR.`,
    );
    expect(readdirSync(directory)).toEqual(before);
  });

  it('without an application’s name is of a version that knew one application, and opens for that one alone', () => {
    const directory = emptyDirectory();
    writeFileSync(join(directory, 'format'), '2\n');
    expect(() => openDataDirectory(directory, kept)).toThrow(`is that of ${defaultApplication}.`);
    openDataDirectory(directory, ofDefault)();
  });

  it.each([
    ['after its name', ['application']],
    ['before its name was written', ['application'], ''],
  ])('opens after a kill while it was made, %s', (_, files, content = 'examples/library\n') => {
    const directory = emptyDirectory();
    for (const file of files) writeFileSync(join(directory, file), content);
    openDataDirectory(directory, kept)();
    expect(() => openDataDirectory(directory, ofDefault)).toThrow('is that of examples/library.');
  });

  it('belongs to nobody after a start that failed, unless it had an owner before', () => {
    const directory = emptyDirectory();
    const close = openDataDirectory(directory, kept);
    writeFileSync(join(directory, 'left'), 'x');
    close('failed');
    openDataDirectory(directory, ofDefault)();
    expect(readdirSync(directory)).not.toContain('left');
    openDataDirectory(directory, ofDefault)('failed');
    expect(() => openDataDirectory(directory, kept)).toThrow(`is that of ${defaultApplication}.`);
  });

  it('is refused while another host has it open, and free as soon as that one is killed', async () => {
    const directory = emptyDirectory();
    const other = await otherHost(directory);
    expect(() => openDataDirectory(directory, fresh)).toThrow(
      `The data directory ${directory} is in use by another running host (process ${other.pid}).`,
    );
    other.kill('SIGKILL');
    await once(other, 'exit');
    openDataDirectory(directory, kept)();
  });
});
