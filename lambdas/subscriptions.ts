// Every subscription of this application: who gets the hints of which streams.
import type { Subscription } from './kernel/subscription.ts';
import { projections } from './read-models/index.ts';

export const subscriptions: readonly Subscription[] = projections;
