// Who may send a notification, and what came of it. A claim lets one run at a time send; its end tells claims of one apart.
import { accept, type Decider, type Decision, reject } from '../kernel/decider.ts';
import { type NotificationEvent, notificationEvents } from './events.ts';
import {
  emptyRegister,
  entryOf,
  evolveNotification,
  isSettled,
  type NotificationState,
  notificationState,
} from './state.ts';

/** Times are ISO 8601, UTC, milliseconds. */
export type NotificationCommand = { readonly eventId: string; readonly kind: string } & (
  | { readonly type: 'ClaimNotification'; readonly now: string; readonly until: string }
  /** `until` is the end of the claim that is given back. */
  | { readonly type: 'ReleaseNotification'; readonly until: string }
  | { readonly type: 'RecordSent'; readonly messageId: string }
  | { readonly type: 'RecordRefused'; readonly reasonCode: string }
);

export const notificationDecider: Decider<NotificationCommand, NotificationEvent, NotificationState> = {
  category: 'notification',
  codec: notificationEvents,
  foldVersion: 1,
  stateSchema: notificationState,
  initialState: emptyRegister,
  evolve: evolveNotification,
  decide(command, state): Decision<NotificationEvent> {
    const { eventId, kind } = command;
    const entry = entryOf(state, eventId);
    switch (command.type) {
      case 'ClaimNotification': {
        const { now, until } = command;
        if (isSettled(entry))
          return reject('rule', 'notification_settled', `The notification about ${eventId} is ${entry.stage}.`);
        if (entry.stage === 'claimed' && entry.until > now) {
          return reject(
            'rule',
            'notification_claimed',
            `The notification about ${eventId} is claimed until ${entry.until}.`,
          );
        }
        return accept({ type: 'EmailClaimed', data: { eventId, kind, until } });
      }
      case 'ReleaseNotification': {
        const isOwn = entry.stage === 'claimed' && entry.until === command.until;
        return isOwn ? accept({ type: 'EmailReleased', data: { eventId, kind } }) : accept();
      }
      case 'RecordSent': {
        // A notification that went out is a fact, even where another run's went out before.
        const { messageId } = command;
        const isKnown = entry.stage === 'sent' && entry.messageId === messageId;
        return isKnown ? accept() : accept({ type: 'EmailSent', data: { eventId, kind, messageId } });
      }
      case 'RecordRefused': {
        const { reasonCode } = command;
        return isSettled(entry) ? accept() : accept({ type: 'EmailRefused', data: { eventId, kind, reasonCode } });
      }
      default:
        return command satisfies never;
    }
  },
};
