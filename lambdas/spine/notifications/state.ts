// What is known of each notification about a stream, by the id of the event that it tells of.
import * as z from 'zod';
import type { NotificationEvent } from './events.ts';

const entry = z.discriminatedUnion('stage', [
  z.object({ stage: z.enum(['open', 'refused']) }),
  z.object({ stage: z.literal('claimed'), until: z.string() }),
  z.object({ stage: z.literal('sent'), messageId: z.string() }),
]);

export const notificationState = z.record(z.string(), entry);

export type RegisterEntry = z.infer<typeof entry>;
export type NotificationState = z.infer<typeof notificationState>;

export const emptyRegister: NotificationState = {};

export const entryOf = (state: NotificationState, eventId: string): RegisterEntry =>
  state[eventId] ?? { stage: 'open' };

export const wasTried = (state: NotificationState, eventId: string): boolean => Object.hasOwn(state, eventId);

/** Nothing more is to be done for it. */
export const isSettled = ({ stage }: RegisterEntry): boolean => stage === 'sent' || stage === 'refused';

export const evolveNotification = (state: NotificationState, event: NotificationEvent): NotificationState => ({
  ...state,
  [event.data.eventId]: entryAfter(event),
});

function entryAfter(event: NotificationEvent): RegisterEntry {
  switch (event.type) {
    case 'EmailClaimed':
      return { stage: 'claimed', until: event.data.until };
    case 'EmailReleased':
      return { stage: 'open' };
    case 'EmailSent':
      return { stage: 'sent', messageId: event.data.messageId };
    case 'EmailRefused':
      return { stage: 'refused' };
    default:
      return event satisfies never;
  }
}
