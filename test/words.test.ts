// The spine is of any application: words of the shop are not among its own.
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const project = resolve(import.meta.dirname, '..');
const words = /order|product|payment|e-?mail/i;

interface Allowed {
  readonly why: string;
  /** Beginning of the paths. @default everywhere */
  readonly below?: string;
  /** What is passed over in a line. */
  readonly text: RegExp;
}

const allowed: readonly Allowed[] = [
  {
    why: 'English: the order of things',
    text: /\b(in (the |no |one |good |rising |their |its |another |((the|their) )?\w+'s (own )?)?order|an order (in which|that)|whatever the order|no other order|order of)\b/gi,
  },
  { why: 'English: sorted things', text: /\b(orderedSet|inOrder|inCausalOrder|ordered)\b/gi },
  { why: 'a number of records, in the order of a shard', text: /\bOrdered by one shard/g },
  { why: 'what records writes', text: /(write-?)?recorder/gi },
  { why: 'CSS', below: 'lambdas/spine/http/docs/', text: /border/g },
  { why: 'how the table in memory sorts', below: 'lambdas/spine/testing/memory/', text: /\border(By)?\b/g },
  { why: 'SQL', below: 'local/services/dynamodb/change-log.ts', text: /ORDER BY/g },
  { why: 'the stage', below: 'lib/spine/settings/', text: /production/gi },
  {
    why: 'a wire form that code before this one reads',
    below: 'lambdas/spine/aws/sqs/timer-queue.ts',
    text: /orderId/g,
  },
  {
    why: 'names of SES and CloudFormation',
    text: /(API_)?SendEmail(Command|_Errors)?|FromEmail(Address|IdentityName)|I?EmailIdentity|emailIdentityArn/g,
  },
  { why: 'what SES says', below: 'lambdas/spine/aws/ses/', text: /"Email address is not verified"/g },
  { why: 'the method of a construct of SES', below: 'lib/spine/notifications/', text: /Identity\.email\b/g },
  {
    why: 'claims of OpenID Connect, and what Cognito calls them',
    text: /\bemail_verified\b|cognito-email-verified-attribute|user-pool(-settings)?-email(-phone-verification)?/g,
  },
  { why: 'the claim of an address', below: 'lambdas/spine/http/request/caller.ts', text: /\bemail\b/g },
  { why: 'the claim of an address', below: 'local/issuer/', text: /\bemail(Verified)?\b/g },
  {
    why: 'properties of a user pool',
    below: 'lib/spine/api/user-directory.ts',
    text: /\bemail(Configuration|SendingAccount)?\b|EMAIL_ONLY/g,
  },
  { why: 'stored event types', below: 'lambdas/spine/notifications/', text: /Email(Claimed|Released|Sent|Refused)/g },
  {
    why: 'the name of a stack’s construct',
    below: 'lambdas/spine/manifest/reserved-names.ts',
    text: /'email-sender'/g,
  },
  { why: 'a stored event type', below: 'lambdas/spine/testing/simulator/', text: /EmailSent/g },
  {
    why: 'metrics that dashboards and alarms know',
    below: 'lambdas/spine/bindings/metrics.ts',
    text: /Emails(Sent|Delayed|Blocked|Refused|Expired)/g,
  },
  {
    why: 'the channel that the spine has for notifications: its settings are called by it, on command lines too',
    below: 'lib/spine/',
    text: /\bemail(Sender|Identity|Endpoint|SendsPerSecond|OfStage|-settings|-sender)?\b|EmailOfStage|e-mails?\b/gi,
  },
  {
    why: 'the name of a construct, whose logical id stands',
    below: 'lambdas/spine/manifest/reserved-names.ts',
    text: /'email-sender'/g,
  },
  {
    why: 'the mailbox of a laptop, by the path and the file that users know',
    below: 'local/',
    text: /\/local\/emails|emails\.jsonl|\bemails\b|'email'/g,
  },
];

const linesOf = (folder: string): { readonly place: string; readonly line: string }[] =>
  globSync(`${folder}/**/*.*`, { cwd: project }).flatMap((path) =>
    readFileSync(join(project, path), 'utf8')
      .split('\n')
      .map((line, index) => ({ place: `${path}:${index + 1}`, line })),
  );
const lines = ['lambdas/spine', 'lib/spine', 'local'].flatMap(linesOf).filter(({ line }) => words.test(line));
const isBelow = (place: string, { below = '' }: Allowed): boolean => place.startsWith(below);

it('the spine and the local host have no word of the shop', () => {
  const left = lines.filter(({ place, line }) =>
    words.test(
      allowed.filter((each) => isBelow(place, each)).reduce((rest, { text }) => rest.replaceAll(text, ''), line),
    ),
  );
  expect(left.map(({ place, line }) => `${place}: ${line.trim()}`)).toEqual([]);
});

it.each(allowed)('something is still passed over: $why, $text', (each) => {
  expect(lines.some(({ place, line }) => isBelow(place, each) && line.search(each.text) >= 0)).toBe(true);
});
