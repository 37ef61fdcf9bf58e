// What documents say of the project that is not so: links that lead nowhere, scripts and files that are not there.
import { dirname, join, normalize } from 'node:path/posix';
import * as z from 'zod';
import { type Markdown, parseMarkdown } from './markdown.ts';
import { documentsOf, hasPath, type Project } from './project.ts';

/** In each document, what `wrongIn` finds there. @returns `<document>: <finding>`, sorted by document */
const findings = (project: Project, wrongIn: (markdown: Markdown, document: string) => readonly string[]): string[] =>
  documentsOf(project).flatMap((document) =>
    wrongIn(parseMarkdown(project.read(document)), document).map((finding) => `${document}: ${finding}`),
  );

/** Relative links to files, folders and headings that are not there. */
export function brokenLinks(project: Project): string[] {
  const leadsNowhere = (document: string, link: string): boolean => {
    const [target = '', anchor] = decodeURI(link).split('#');
    const path = target === '' ? document : normalize(join(dirname(document), target)).replace(/\/$/, '');
    if (!project.paths.has(path)) return true;
    return anchor !== undefined && path.endsWith('.md') && !parseMarkdown(project.read(path)).anchors.has(anchor);
  };
  const isElsewhere = (link: string) => /^[a-z][a-z\d+.-]*:/i.test(link);
  return findings(project, ({ links }, document) =>
    links.filter((link) => !isElsewhere(link) && leadsNowhere(document, link)),
  );
}

const manifest = z.object({ scripts: z.record(z.string(), z.string()) });

/** `npm run` of what package.json does not have. */
export function unknownScripts(project: Project): string[] {
  const { scripts: known } = manifest.parse(JSON.parse(project.read('package.json')));
  return findings(project, ({ scripts }) =>
    scripts.filter((script) => known[script] === undefined).map((script) => `npm run ${script}`),
  );
}

const folders =
  'bin|lib|lambdas|local|console|examples|schemas|test|bench|docs|[.]ci|[.]devcontainer|[.]github|[.]vscode';
const fromRoot = new RegExp(`^(?:${folders})/[^\\s:]*$`);
const sourceFile = /^[\w.<>*{},…/-]+\.(?:ts|js|cjs|md|sh)$/;

/**
 * Paths and source files in backticks that are not there. `<name>` and `…` stand for any name; a file may be named by the end of its
 * path (`order/decider.ts`), or from the document on.
 */
export function unknownFiles(project: Project): string[] {
  return findings(project, ({ code }, document) =>
    code.filter((text) => {
      if (!fromRoot.test(text) && !sourceFile.test(text)) return false;
      const pattern = text.replaceAll(/<[^>]*>|…/g, '*').replace(/\/$/, '');
      if (hasPath(project, pattern)) return false;
      if (fromRoot.test(text)) return true;
      return !hasPath(project, `**/${pattern}`) && !hasPath(project, normalize(join(dirname(document), pattern)));
    }),
  );
}
