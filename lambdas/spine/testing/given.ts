// Given these events, when this command, then that decision: a decider's test in one line. It fits any test runner.
import assert from 'node:assert/strict';
import type { Decider, Decision } from '../kernel/decider.ts';
import type { DomainEvent } from '../kernel/envelope.ts';

/** What is expected of a decision. Not `then`: what has a method of that name is taken for a promise. */
interface Expectations<Event> {
  /** It is accepted, with these events. @throws AssertionError */
  thenEvents(...events: readonly Event[]): void;
  /** It is accepted, and nothing happens: the state is already as the command wants it. @throws AssertionError */
  thenNothing(): void;
  /** @param code of the rejection @throws AssertionError */
  thenRejected(code: string): void;
}

/**
 * @example
 * const account = given(accountDecider);
 * account(opened).when({ type: 'Deposit', cents: 5 }).thenEvents({ type: 'Deposited', data: { cents: 5 } });
 * account().when({ type: 'Deposit', cents: 5 }).thenRejected('not_found');
 */
export const given =
  <Command, Event extends DomainEvent, State>(decider: Decider<Command, Event, State>) =>
  (...events: readonly Event[]) => ({
    when(command: Command): Decision<Event> & Expectations<Event> {
      const state = events.reduce((current, event) => decider.evolve(current, event), decider.initialState);
      const decision = decider.decide(command, state);
      return Object.create(expectationsOf(decision), Object.getOwnPropertyDescriptors(decision));
    },
  });

const expectationsOf = <Event>(decision: Decision<Event>): Expectations<Event> => ({
  thenEvents: (...events) => assert.deepStrictEqual(decision, { kind: 'accepted', events }),
  thenNothing: () => assert.deepStrictEqual(decision, { kind: 'accepted', events: [] }),
  thenRejected(code) {
    assert.equal(decision.kind, 'rejected', `Expected a rejection, ${code}; the command was accepted`);
    if (decision.kind === 'rejected') assert.equal(decision.rejection.code, code, decision.rejection.detail);
  },
});
