// How each kind is planned.
import type { ApplicationCode } from '../application-code.ts';
import type { Kind } from '../command-line.ts';
import type { Plan } from '../plan.ts';
import { planAggregate } from './aggregate.ts';
import { planNotification } from './notification.ts';
import { planProcess } from './process.ts';
import { planReadModel } from './read-model.ts';

/** @param of the aggregate that it is about, where its name does not say so */
type MakePlan = (app: ApplicationCode, name: string, of: string | undefined) => Promise<Plan>;

/** A plan adds to the sources that it was given; nothing is written. */
export const planOf: Readonly<Record<Kind, MakePlan>> = {
  aggregate: planAggregate,
  'read-model': planReadModel,
  process: planProcess,
  notification: planNotification,
};
