// The process manager that follows an order from its placing to its end.
import type { ProcessManager } from '../../spine/kernel/process-manager.ts';
import { type Action, nextAction } from './actions.ts';
import { type FulfilmentInput, fulfilmentDecider } from './decider.ts';
import type { FulfilmentEvent } from './events.ts';
import type { FulfilmentState } from './state.ts';

export const orderFulfilmentProcess: ProcessManager<FulfilmentInput, FulfilmentEvent, FulfilmentState, Action> = {
  decider: fulfilmentDecider,
  nextAction,
  wakeAt: (state) => (state.stage === 'awaiting-payment' ? state.deadline : undefined),
};
