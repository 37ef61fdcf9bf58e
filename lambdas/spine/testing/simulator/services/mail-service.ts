// The mail service: it takes what it is given, with no memory of what it has taken before. That is why one mail may come twice: its
// sender dies, or learns nothing, between the service's yes and the record of it.
import type { Mailer, MailResult } from '../../../notifications/port.ts';
import type { Instance } from '../functions/instance.ts';
import { TimeoutError } from '../world/errors.ts';
import type { World } from '../world/world.ts';

export interface TakenMail {
  readonly eventId: string;
  readonly to: string;
  readonly subject: string;
  readonly messageId: string;
  /** Of the function that sent it. */
  readonly instance: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What a notification is about travels with its mail, for the simulation alone. */
export interface TracedMail {
  readonly eventId?: string;
}

export interface MailService {
  readonly taken: readonly TakenMail[];
  portOf(instance: Instance): Mailer;
}

const service = 'the mail service';

export function mailService(world: World): MailService {
  const taken: TakenMail[] = [];
  return {
    taken,
    portOf: ({ call, name: instance }) => ({
      async send(mail, signal): Promise<MailResult> {
        const { eventId = '', to, subject } = mail as typeof mail & TracedMail;
        try {
          const answer = call(`mail ${eventId}`, { service, isRepeated: false }, () => {
            if (to.startsWith('refused')) return { kind: 'refused', code: 'message_rejected' } as const;
            const messageId = `mail-${taken.length + 1}`;
            taken.push({ eventId, to, subject, messageId, instance, at: world.time.now() });
            return { kind: 'sent', messageId } as const;
          });
          return await Promise.race([answer, aborted(signal)]);
        } catch (error) {
          const name = error instanceof Error ? error.name : 'unknown';
          const cause = name === 'ThrottlingException' ? 'rate' : 'outage';
          return { kind: 'delayed', cause, code: name, detail: name };
        }
      },
    }),
  };
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new TimeoutError('The mail service did not answer in time')));
  });
