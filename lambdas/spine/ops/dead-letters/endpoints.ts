// The routes of dead letters.
import { callerEndpoint, type Endpoint } from '../../http/endpoint.ts';
import { notFound, Problem } from '../../http/problem.ts';
import { decodeCursor, encodeCursor } from '../../http/queries/cursor.ts';
import { listResponse } from '../../http/queries/list-response.ts';
import type { Authenticate } from '../../http/request/caller.ts';
import { jsonResponse } from '../../http/response.ts';
import type { DeadLetter } from '../../kernel/pipeline/dead-letter.ts';
import { NEVER_KEPT } from '../never-kept.ts';
import { listLetters, type Place } from './list.ts';
import { listDeadLetters, redriveDeadLetters } from './operations.ts';
import type { DeadLetterPorts } from './ports.ts';
import { redriveLetters } from './redrive.ts';

export function deadLetterEndpoints(ports: DeadLetterPorts, authenticate: Authenticate): Endpoint[] {
  const known = (subscriber: string): string => {
    if (ports.subscribers.includes(subscriber)) return subscriber;
    const names = ports.subscribers.join(', ');
    throw new Problem(422, 'unknown_subscriber', `There is no subscriber ${subscriber}; there are ${names}.`);
  };
  return [
    callerEndpoint(listDeadLetters, authenticate, async ({ query, headers }) => {
      const { subscriber, limit, cursor } = query;
      const subscribers = subscriber === undefined ? ports.subscribers : [known(subscriber)];
      const list = `dead-letters ${subscriber ?? ''}`;
      const from = decodeCursor(list, cursor, { subscriber, after: undefined }) as Place | undefined;
      const { letters, end } = await listLetters(ports, subscribers, limit, from);
      const body = {
        deadLetters: letters.map(shown),
        ...(end && { nextCursor: encodeCursor(list, { ...end }) }),
      };
      return listResponse(body, NEVER_KEPT, headers);
    }),
    callerEndpoint(redriveDeadLetters, authenticate, async ({ body }) => {
      const subscriber = known(body.subscriber);
      const { id } = body;
      const noted = id === undefined ? undefined : await ports.notes.find(subscriber, id);
      const result = await redriveLetters(ports, subscriber, id);
      if (id !== undefined && noted === undefined && result.redriven === 0) {
        throw notFound(`${subscriber} has no dead letter ${id}.`);
      }
      return jsonResponse(202, result, NEVER_KEPT);
    }),
  ];
}

const shown = ({ keptUntil: _, ...letter }: DeadLetter) => letter;
