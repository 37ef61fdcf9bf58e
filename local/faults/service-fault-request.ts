// The body of `POST /local/faults` for a service: how it answers for so many seconds.
import * as z from 'zod';
import { forAnother, wholeNumber } from './fault-rules.ts';
import { queueService, type ServiceFault, serviceFaultModes } from './service-faults.ts';

const mostSeconds = 86_400;
const mostPerSecond = 10_000;
const ofAnyHost = ['email', 'queue'];

export interface FaultyQueue {
  /** The queue's name, as people know it. */
  readonly name: string;
  /** In the template. */
  readonly queueName: string;
}

/** @param ownServices names of the application's own services */
export function serviceFaultRequest(queues: readonly FaultyQueue[], ownServices: readonly string[] = []) {
  const services = [...ownServices, ...ofAnyHost];
  const known = queues.map(({ name }) => name).sort();
  return z
    .strictObject({
      service: z.enum(services, `must be one of ${services.join(', ')}`),
      name: z.string().optional(),
      mode: z.enum(serviceFaultModes, `must be one of ${serviceFaultModes.join(', ')}`),
      seconds: wholeNumber(0, mostSeconds),
      perSecond: wholeNumber(1, mostPerSecond).optional(),
    })
    .superRefine(({ service, name, mode, seconds, perSecond }, context) => {
      if (service !== 'queue') forAnother(context, 'name', name, 'service queue');
      else if (name === undefined || !known.includes(name))
        context.addIssue({ code: 'custom', path: ['name'], message: `must be one of ${known.join(', ')}` });
      if (mode !== 'throttle') forAnother(context, 'perSecond', perSecond, 'mode throttle');
      else if (perSecond === undefined && seconds > 0)
        context.addIssue({ code: 'custom', path: ['perSecond'], message: 'must say how many a second are taken' });
    })
    .transform(({ service, mode, seconds, perSecond = 1, ...answer }) => {
      const queue = queues.find(({ name }) => name === answer.name);
      const fault: ServiceFault = mode === 'throttle' ? { mode, perSecond } : { mode };
      return {
        service: queue === undefined ? service : queueService(queue.queueName),
        fault,
        seconds,
        answer: { service, ...answer, ...fault, seconds },
      };
    });
}
