// Architecture decision records: what their heads say, and the tables of them all.
import { documentsOf, type Project } from './project.ts';
import type { Theme } from './themes.ts';

export interface Decision {
  /** `0013-timers-on-the-queue-of-their-subscriber.md` */
  readonly file: string;
  /** Without the number. */
  readonly title: string;
  /** Markdown, on one line. */
  readonly status: string;
  /** `2026-11-21` */
  readonly date: string;
}

const folder = 'docs/adr/';
const head = /^# (?<number>\d+)[.] (?<title>.+)\n\n- Status: (?<status>.+)\n- Date: (?<date>\d{4}-\d\d-\d\d)\n/;
const supersededBy = String.raw`uperseded (?:in part )?by \[\d+\]\([\w.-]+\)`;
const knownStatus = new RegExp(`^(Proposed|Accepted|Accepted, s${supersededBy}: .+|S${supersededBy})$`);

const filesIn = (project: Project): string[] =>
  documentsOf(project)
    .filter((path) => path.startsWith(folder) && !path.endsWith('/README.md'))
    .map((path) => path.slice(folder.length));

/** @throws Error that says which record has no head, or one of another form */
export const decisionsOf = (project: Project): Decision[] =>
  filesIn(project).map((file) => {
    const { number, title, status, date } = head.exec(project.read(`${folder}${file}`))?.groups ?? {};
    if (number === undefined || !title || !status || !date) {
      throw new Error(
        `${file} must begin with "# <number>. <title>", a blank line, "- Status: …" and "- Date: <yyyy-mm-dd>"`,
      );
    }
    if (number.padStart(4, '0') !== file.slice(0, 4))
      throw new Error(`${file} must have the number of its title, ${number}`);
    if (!knownStatus.test(status)) throw new Error(`${file} has no known status: ${status}`);
    return { file, title, status, date };
  });

const numberOf = ({ file }: Decision): number => Number(file.slice(0, 4));

const row = (decision: Decision): string =>
  `| ${numberOf(decision)} | [${decision.title}](${decision.file}) | ${decision.status} | ${decision.date} |`;

const tableOf = (decisions: readonly Decision[]): string =>
  ['| | decision | status | date |', '| --- | --- | --- | --- |', ...decisions.map(row)].join('\n');

/**
 * A table for each theme. Decisions without a theme come last.
 * @param byTheme may name decisions that are not there yet
 */
export function tablesOf(decisions: readonly Decision[], byTheme: readonly Theme[]): string {
  const themed = new Set(byTheme.flatMap((theme) => theme.decisions));
  const rest = decisions.filter((decision) => !themed.has(numberOf(decision)));
  return [
    ...byTheme.map(({ name, decisions: numbers }) => ({
      name,
      members: numbers.flatMap((number) => decisions.filter((decision) => numberOf(decision) === number)),
    })),
    { name: 'Others', members: rest },
  ]
    .filter(({ members }) => members.length > 0)
    .map(({ name, members }) => `## ${name}\n\n${tableOf(members)}`)
    .join('\n\n');
}

/** Decisions that a document names by number (`ADR 13`) and that are not there. @returns `<document>: ADR <number>` */
export function unknownDecisions(project: Project): string[] {
  const known = new Set(filesIn(project).map((file) => Number(file.slice(0, 4))));
  return documentsOf(project).flatMap((document) =>
    [...project.read(document).matchAll(/\bADR (\d+)\b/g)]
      .filter(([, number]) => !known.has(Number(number)))
      .map(([name]) => `${document}: ${name}`),
  );
}
