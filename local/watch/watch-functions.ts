// Builds functions again when a source of theirs is saved, and has those that changed run their new code. The template, and with it
// tables, queues and routes, stays as it was at the start.
import { existsSync, readFileSync, watch } from 'node:fs';
import { join, sep } from 'node:path';
import { type BuildFailure, formatMessages } from 'esbuild';
import { type BuildSettings, sourcesOf, writeBundles } from '../../lib/spine/bundles/bundle-build.ts';
import { ALL, Rebuilds } from './rebuilds.ts';

/** Editors save in several steps. */
const settlingInMillis = 30;

export interface WatchSettings extends Pick<BuildSettings, 'entries'> {
  /** Whose files, at any depth, are watched; none lies in another. */
  readonly watchedFolders: readonly string[];
  /** Folder within whose files are not. */
  readonly ignoredFolder: string;
  /** Takes a folder for each build, and in it one for each function. */
  readonly outputFolder: string;
  /** Folder with a folder for each function, as the build before the first change wrote it. */
  readonly startedWith: string;
  /** Has a function run the code in a folder from now on. */
  readonly swap: (name: string, codeFolder: string) => Promise<void>;
  readonly log: (line: string) => void;
}

export interface FunctionWatch {
  stop(): Promise<void>;
}

/** Resolves when changes are noticed; those since `startedWith` was built are too. A build that fails leaves the old code running. */
export async function watchFunctions(settings: WatchSettings): Promise<FunctionWatch> {
  const { watchedFolders, ignoredFolder, outputFolder, startedWith, entries, swap, log } = settings;
  const rebuilds = new Rebuilds(entries);
  const running = new Map(Object.keys(entries).map((name) => [name, join(startedWith, name)]));
  const saved = new Set<string>();
  /** Files that were saved and that no successful build has included since. */
  let unbuilt: readonly string[] = [];
  let builds = 0;
  let isStopped = false;
  let reloading: Promise<void> | undefined;

  /** The one function that has code of all these files, else all functions: a new file may end up in any of them. */
  function concerned(files: readonly string[]): string | typeof ALL {
    const sources = [...running].map(([name, folder]) => ({ name, files: new Set(sourcesOf(folder)) }));
    const names = files.map((file) => sources.filter((source) => source.files.has(file)).map(({ name }) => name));
    const [first] = names.flat();
    return first !== undefined && names.every((each) => each.length === 1 && each[0] === first) ? first : ALL;
  }

  async function reload(which: string | typeof ALL): Promise<void> {
    const startedAt = performance.now();
    const result = await rebuilds.build(which);
    if (isStopped) return;
    builds += 1;
    const folder = join(outputFolder, String(builds));
    writeBundles(result, folder);
    const changed = [...running].filter(([name, code]) => isChanged(code, join(folder, name))).map(([name]) => name);
    for (const name of changed) {
      running.set(name, join(folder, name));
      await swap(name, join(folder, name));
    }
    if (changed.length > 0) log(`Reloaded ${changed.join(', ')} (${Math.round(performance.now() - startedAt)} ms)`);
  }

  async function tell(failure: unknown): Promise<void> {
    if (isStopped) return;
    const { errors } = failure as BuildFailure;
    const messages = await formatMessages(errors ?? [{ text: String(failure) }], {
      kind: 'error',
      color: process.stderr.isTTY,
    });
    log(`${messages.join('').trimEnd()}\nThe functions run as before.`);
  }

  /** One build at a time; files saved meanwhile are built after it. */
  async function reloadAll(): Promise<void> {
    while (saved.size > 0 && !isStopped) {
      await new Promise((resolve) => setTimeout(resolve, settlingInMillis));
      const files = [...new Set([...unbuilt, ...saved])];
      saved.clear();
      unbuilt = files;
      await reload(concerned(files)).then(() => {
        unbuilt = [];
      }, tell);
    }
    reloading = undefined;
  }

  const onSaved = (path: string): void => {
    if (`${path}${sep}`.startsWith(`${ignoredFolder}${sep}`) || path.split(sep).includes('node_modules')) return;
    saved.add(path);
    reloading ??= reloadAll();
  };
  const watchers = watchedFolders.map((folder) =>
    watch(folder, { recursive: true }, (_, file) => onSaved(join(folder, file ?? ''))),
  );
  watchedFolders.forEach(onSaved);
  await reloading;
  return {
    async stop() {
      isStopped = true;
      for (const watcher of watchers) watcher.close();
      await rebuilds.end();
    },
  };
}

const isChanged = (before: string, now: string): boolean =>
  existsSync(now) &&
  ['index.mjs', 'index.mjs.map'].some(
    (file) => readFileSync(join(before, file), 'utf8') !== readFileSync(join(now, file), 'utf8'),
  );
