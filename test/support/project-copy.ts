// This application in a folder of its own, for a version of it that is another.
import { cp, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const parts = ['bin', 'lib', 'lambdas', 'local', 'cdk.json', 'package.json', 'tsconfig.json'];

/** @returns the folder of its CDK app; tests delete it */
export async function copyOfProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'eventspine-next-'));
  for (const part of parts) await cp(part, join(folder, part), { recursive: true });
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** @throws Error where the file does not hold what is to be replaced */
export async function replace(file: string, changes: readonly (readonly [string, string])[]): Promise<void> {
  let text = await readFile(file, 'utf8');
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`${file} must hold "${from}"`);
    text = text.replace(from, to);
  }
  await writeFile(file, text);
}
