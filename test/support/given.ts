// Given these events, when this command, then that decision: a decider's test in one line.
import type { Decider, Decision } from '../../lambdas/spine/kernel/decider.ts';
import type { DomainEvent } from '../../lambdas/spine/kernel/envelope.ts';

export const given =
  <Command, Event extends DomainEvent, State>(decider: Decider<Command, Event, State>) =>
  (...events: readonly Event[]) => ({
    when: (command: Command): Decision<Event> =>
      decider.decide(
        command,
        events.reduce((state, event) => decider.evolve(state, event), decider.initialState),
      ),
  });
