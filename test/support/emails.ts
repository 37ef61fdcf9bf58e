// The e-mails that the target's mail service has taken.
import { TestRunner } from 'vitest';
import type { ApiClient } from './api-client.ts';
import type { EmailsBody } from './contract-bodies.ts';
import { inboxOf } from './deployed/inbox.ts';
import type { Customer } from './sign-in.ts';
import { deployedAt } from './target.ts';

const subjects: Readonly<Record<string, RegExp>> = {
  confirmed: /^Your order \w+ is confirmed$/,
  rejected: /^We could not accept your order \w+$/,
  shipped: /^Your order \w+ is on its way$/,
  cancelled: /^Your order \w+ is cancelled$/,
};

export interface Email {
  /** What it tells; the subject itself when it is none that we know. */
  readonly kind: string;
  readonly orderId: string;
  readonly text: string;
}

/** What a customer was sent, oldest first. */
export async function emailsTo(anyone: ApiClient, { email }: Pick<Customer, 'email'>): Promise<Email[]> {
  return (await allEmails(anyone))
    .filter(({ to }) => to === email)
    .map(({ subject, text }) => ({
      kind: Object.keys(subjects).find((kind) => subjects[kind]?.test(subject)) ?? subject,
      orderId: /\border (\w+)/.exec(subject)?.[1] ?? '',
      text,
    }));
}

/** What a customer's e-mails tell, oldest first. */
export const emailKinds = async (anyone: ApiClient, customer: Pick<Customer, 'email'>): Promise<string[]> =>
  (await emailsTo(anyone, customer)).map(({ kind }) => kind);

async function allEmails(anyone: ApiClient): Promise<EmailsBody['emails']> {
  const stage = deployedAt(anyone.url);
  if (stage?.inboxUrl !== undefined) return inboxOf(stage.inboxUrl);
  if (stage) TestRunner.getCurrentTest()?.context.skip('The target shows nobody the e-mails that it has sent.');
  return (await anyone.get<EmailsBody>('/local/emails')).body.emails;
}
