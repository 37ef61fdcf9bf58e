// The e-mails that the target's mail service has taken.
import { expect, TestRunner } from 'vitest';
import type { ApiClient } from './api-client.ts';
import type { EmailsBody } from './contract-bodies.ts';
import { inboxOf } from './deployed/inbox.ts';
import type { Customer } from './sign-in.ts';
import { deployedAt } from './target.ts';
import { UNSEEN } from './unseen.ts';

const subjects: Readonly<Record<string, RegExp>> = {
  confirmed: /^Your order \w+ is confirmed$/,
  rejected: /^We could not accept your order \w+$/,
  shipped: /^Your order \w+ is on its way$/,
  cancelled: /^Your order \w+ is cancelled$/,
};

interface Email {
  /** What it tells; the subject itself when it is none that we know. */
  readonly kind: string;
  readonly orderId: string;
  readonly text: string;
}

/**
 * Expects that a customer was sent just these, oldest first. A target that shows nobody its e-mails is believed, and the
 * run's end says that the test saw all but those.
 * @param expected kinds, or what is known of the e-mail beyond it
 * @param mayRepeat whether an e-mail may have been sent again, as after the death of the function that sent it
 */
export async function expectEmails(
  anyone: ApiClient,
  { email }: Pick<Customer, 'email'>,
  expected: readonly (string | Partial<Email>)[],
  { inAnyOrder = false, mayRepeat = false } = {},
): Promise<void> {
  const all = await allEmails(anyone);
  if (all === undefined) {
    await TestRunner.getCurrentTest()?.context.annotate('without the e-mails', UNSEEN);
    return;
  }
  const received = all
    .filter(({ to }) => to === email)
    .map(({ subject, text }) => ({
      kind: Object.keys(subjects).find((kind) => subjects[kind]?.test(subject)) ?? subject,
      orderId: /\border (\w+)/.exec(subject)?.[1] ?? '',
      text,
    }));
  const isFirst = ({ kind, orderId }: Email, index: number): boolean =>
    received.findIndex((each) => each.kind === kind && each.orderId === orderId) === index;
  const sent = mayRepeat ? received.filter(isFirst) : received;
  const wanted = expected.map((each) => (typeof each === 'string' ? { kind: each } : each));
  if (inAnyOrder) expect(sent.toSorted(byOrderAndKind)).toMatchObject(wanted.toSorted(byOrderAndKind));
  else expect(sent).toMatchObject(wanted);
}

const byOrderAndKind = (left: Partial<Email>, right: Partial<Email>): number =>
  `${left.orderId}${left.kind}` < `${right.orderId}${right.kind}` ? -1 : 1;

/** @returns `undefined` when the target shows nobody what it has sent */
async function allEmails(anyone: ApiClient): Promise<EmailsBody['emails'] | undefined> {
  const stage = deployedAt(anyone.url);
  if (stage) return stage.inboxUrl === undefined ? undefined : inboxOf(stage.inboxUrl);
  const { status, body } = await anyone.get<EmailsBody>('/local/emails');
  expect(status).toBe(200);
  return body.emails;
}
