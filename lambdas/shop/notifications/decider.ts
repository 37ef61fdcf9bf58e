// Who may send an e-mail, and what came of it. A claim lets one run at a time send; its end tells claims of one e-mail apart.
import { accept, type Decider, type Decision, reject } from '../../spine/kernel/decider.ts';
import { type EmailKind, type NotificationEvent, notificationEvents } from './events.ts';
import {
  emailAbout,
  evolveNotification,
  isSettled,
  type NotificationState,
  nothingMailed,
  notificationState,
} from './state.ts';

/** Times are ISO 8601, UTC, milliseconds. */
export type NotificationCommand = { readonly eventId: string; readonly kind: EmailKind } & (
  | { readonly type: 'ClaimEmail'; readonly now: string; readonly until: string }
  /** `until` is the end of the claim that is given back. */
  | { readonly type: 'ReleaseEmail'; readonly until: string }
  | { readonly type: 'RecordSent'; readonly messageId: string }
  | { readonly type: 'RecordRefused'; readonly reasonCode: string }
);

export const notificationDecider: Decider<NotificationCommand, NotificationEvent, NotificationState> = {
  category: 'notification',
  codec: notificationEvents,
  generation: 1,
  stateSchema: notificationState,
  initialState: nothingMailed,
  evolve: evolveNotification,
  decide(command, state): Decision<NotificationEvent> {
    const { eventId, kind } = command;
    const email = emailAbout(state, eventId);
    switch (command.type) {
      case 'ClaimEmail': {
        const { now, until } = command;
        if (isSettled(email)) return reject('rule', 'email_settled', `The e-mail about ${eventId} is ${email.stage}.`);
        if (email.stage === 'claimed' && email.until > now) {
          return reject('rule', 'email_claimed', `The e-mail about ${eventId} is claimed until ${email.until}.`);
        }
        return accept({ type: 'EmailClaimed', data: { eventId, kind, until } });
      }
      case 'ReleaseEmail': {
        const isOwn = email.stage === 'claimed' && email.until === command.until;
        return isOwn ? accept({ type: 'EmailReleased', data: { eventId, kind } }) : accept();
      }
      case 'RecordSent': {
        // An e-mail that went out is a fact, even where another run's went out before.
        const { messageId } = command;
        const isKnown = email.stage === 'sent' && email.messageId === messageId;
        return isKnown ? accept() : accept({ type: 'EmailSent', data: { eventId, kind, messageId } });
      }
      case 'RecordRefused': {
        const { reasonCode } = command;
        return isSettled(email) ? accept() : accept({ type: 'EmailRefused', data: { eventId, kind, reasonCode } });
      }
      default:
        return command satisfies never;
    }
  },
};
