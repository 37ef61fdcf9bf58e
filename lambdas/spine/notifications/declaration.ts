// How an application declares its notifications: for which events of which category, to whom, and in which words.
import { type DomainEvent, eventId, type RecordedEvent } from '../kernel/envelope.ts';
import type { EventCodec } from '../kernel/event-codec.ts';
import type { Addressed, Notification, Notifications } from './notification.ts';
import { renderMail } from './render.ts';
import type { Template } from './template.ts';

type RecordedOf<Event extends DomainEvent, Type> = Extract<RecordedEvent<Event>, { readonly type: Type }>;

export interface Trigger<About, Event> {
  /** Names the notification in the register and in logs: kebab case, for ever. */
  readonly kind: string;
  readonly template: Template<About, Event>;
}

export interface NotificationsDeclaration<Event extends DomainEvent, About extends Addressed> {
  /** Of the streams whose events are told. */
  readonly category: string;
  readonly codec: EventCodec<Event>;
  /**
   * Gathers the recipient, and what the templates say beyond the event itself. It is asked again at each delivery, maybe with
   * more history than before.
   * @param history a stream's events from the first one on
   * @returns `undefined` for a stream that nobody is told of
   */
  about(history: readonly RecordedEvent<Event>[]): About | undefined;
  /** By event type; other events are told to nobody. */
  readonly triggers: { readonly [Type in Event['type']]?: Trigger<NoInfer<About>, RecordedOf<Event, Type>> };
  /**
   * Category of the streams that say what was sent: `<register>-<id>`. An event is told once a register, so a second declaration
   * for the same category needs a register of its own.
   * @default 'notification'
   */
  readonly register?: string;
}

/**
 * Declares the notifications that the events of a category lead to. `notificationFunction` sends them.
 *
 * @example
 * export const loanNotifications = notifications({
 *   category: 'loan',
 *   codec: loanEvents,
 *   about: ([lent]) => (lent?.type === 'BookLent' ? { to: lent.personal?.address, title: lent.data.title } : undefined),
 *   triggers: {
 *     LoanOverdue: {
 *       kind: 'loan-overdue',
 *       template: ({ title }, { data }) => ({
 *         subject: `${title} is overdue`,
 *         opening: ['Please bring it back.'],
 *         rows: [['Due on', data.dueOn]],
 *       }),
 *     },
 *   },
 * });
 */
// `never` stands for `About` while only `triggers` has been looked at, whose templates take it.
export function notifications<Event extends DomainEvent, About extends Addressed = never>({
  category,
  codec,
  about,
  triggers,
  register = 'notification',
}: NotificationsDeclaration<Event, About>): Notifications<Event> {
  const byType = new Map(
    Object.entries(triggers as Readonly<Record<string, Trigger<About, RecordedEvent<Event>> | undefined>>),
  );
  return {
    ...{ category, codec, register },
    mayTell: (type) => byType.get(type) !== undefined || !Object.hasOwn(codec.definitions, type),
    in(history) {
      const told = about(history);
      if (told === undefined) return { to: undefined, notifications: [] };
      const notificationOf = (event: RecordedEvent<Event>): readonly Notification[] => {
        const trigger = byType.get(event.type);
        if (trigger === undefined) return [];
        const { kind, template } = trigger;
        return [{ eventId: eventId(event), kind, event, mail: (to) => renderMail(template(told, event), to) }];
      };
      return { to: told.to, notifications: history.flatMap(notificationOf) };
    },
  };
}
