// What the findings of a look call for, and how they count. Pure.
import type { Finding } from '../../kernel/audit/progress.ts';
import { isHopeless, type Suspect, type Suspects } from '../../kernel/audit/suspects.ts';
import { type Reported, type Tally, tallyOf } from '../../kernel/audit/tally.ts';
import type { Commit } from '../../kernel/envelope.ts';

/** A look at a subscriber, with the suspects of the look before; `looks` counts those before. */
export interface Look extends Omit<Suspects, 'subscriber'> {
  readonly findings: readonly Finding[];
}

type Of<Kind extends Finding['kind']> = Extract<Finding, { readonly kind: Kind }>;
type Open = Of<'behind'> | Of<'pending'>;

export function sortedOut(findings: readonly Finding[]) {
  const of = <Kind extends Finding['kind']>(kind: Kind) =>
    findings.filter((each): each is Of<Kind> => each.kind === kind);
  const [lost, pending] = [of('behind'), of('pending')];
  return {
    ...{ lost, pending, open: [...lost, ...pending] as readonly Open[] },
    ...{ outdated: of('outdated'), asleep: of('asleep'), unreadable: of('unreadable'), ahead: of('ahead') },
  };
}

interface Known {
  readonly subscriber: string;
  readonly parked: ReadonlySet<string>;
  /** Nothing is told now. */
  readonly isBusy: boolean;
}

export interface Verdict {
  readonly tally: Tally;
  /** What is looked at again. */
  readonly suspects: readonly Suspect[];
}

export interface Calls {
  readonly toTell: readonly Commit[];
  readonly asleep: readonly Of<'asleep'>[];
  /** @param untold streams that the subscriber could not be told of */
  verdict(untold: ReadonlySet<string>): Verdict;
}

export function verdictOn({ looks, suspects: before, findings }: Look, { subscriber, parked, isBusy }: Known): Calls {
  const { lost, pending, open, outdated, asleep, unreadable, ahead } = sortedOut(findings);
  // Who was asleep was under no suspicion.
  const known = new Map(looks === 0 ? [] : before.map((each) => [each.stream, each]));
  const suspectOf = ({ commit }: Open): Suspect | undefined => known.get(commit.stream);
  const left = open.filter(({ commit }) => !parked.has(commit.stream));
  const givenUp = left.filter((each) => isHopeless(looks + 1, suspectOf(each)?.told));
  const goesOn = left.filter((each) => !givenUp.includes(each));
  return {
    toTell: [...(isBusy ? [] : goesOn), ...outdated].map(({ commit }) => commit),
    asleep,
    verdict(untold) {
      const isTold = ({ commit }: Open) => !isBusy && !untold.has(commit.stream);
      const toldFirst = goesOn.filter((each) => each.kind === 'behind' && isTold(each) && !suspectOf(each)?.told);
      const stuck = givenUp.map((each) => stuckOf(subscriber, each.commit));
      const counts = {
        behind: lost.filter((each) => suspectOf(each) === undefined).length,
        repaired: toldFirst.length + movedOn([...known.values()], pending).length,
        unreadable: unreadable.length,
        ahead: ahead.length,
        outdated: outdated.length,
        parked: open.length - left.length,
        stuck: stuck.length,
      };
      const defects = [...unreadable, ...ahead].map(({ kind: _, ...defect }): Reported => ({ ...defect, subscriber }));
      return {
        tally: tallyOf(counts, [...defects, ...stuck]),
        suspects: goesOn.map((each) => suspectAfter(each, suspectOf(each), isTold(each))),
      };
    },
  };
}

function suspectAfter(finding: Open, before: Suspect | undefined, isTold: boolean): Suspect {
  const { stream, version } = finding.commit;
  const { told, mark, ...at } = { told: undefined, mark: undefined, ...before, stream, version };
  const toldNow = isTold && finding.kind === 'behind' ? (told ?? 0) + 1 : told;
  const markNow = isTold && finding.kind === 'pending' ? finding.mark : mark;
  return { ...at, ...(toldNow !== undefined && { told: toldNow }), ...(markNow !== undefined && { mark: markNow }) };
}

/**
 * Those that stood still, and went on when they were told to. One that did not waits for what is down, and nothing of it was lost.
 */
function movedOn(before: readonly Suspect[], pending: readonly Of<'pending'>[]): readonly Suspect[] {
  const markNow = new Map(pending.map(({ commit, mark }) => [commit.stream, mark]));
  return before.filter(({ stream, mark, told }) => {
    const now = markNow.get(stream);
    return mark !== undefined && told === undefined && (now === undefined || now > mark);
  });
}

const stuckOf = (subscriber: string, { stream, version }: Commit): Reported => ({
  ...{ subscriber, stream, version, code: 'stuck' },
  message: `${subscriber} was told of it again and again, and does not get there`,
});
