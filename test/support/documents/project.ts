// The files of the project, for what its documents say of them.
import { globSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';

export interface Project {
  /** Files and folders, from the project's folder on, with `/` between names. */
  readonly paths: ReadonlySet<string>;
  read(path: string): string;
}

/** `**` leaves out what begins with a dot: caches, builds and data among it. */
const ownFiles = ['**', '.*', '.{ci,devcontainer,github,vscode}/**'];
const builtFolders = ['node_modules', 'cdk.out', 'coverage'];

export const projectIn = (root: string): Project => ({
  paths: new Set(globSync(ownFiles, { cwd: root, exclude: (path) => builtFolders.includes(path) })),
  read: (path) => readFileSync(join(root, path), 'utf8'),
});

/** Paths of the Markdown documents. */
export const documentsOf = ({ paths }: Project): string[] => [...paths].filter((path) => path.endsWith('.md')).sort();

/** @param pattern a path, or a pattern as shells have it */
export const hasPath = ({ paths }: Project, pattern: string): boolean =>
  paths.has(pattern) || (/[*{]/.test(pattern) && [...paths].some((path) => matchesGlob(path, pattern)));
