import { expect, it } from 'vitest';
import { accept } from '../../../lambdas/spine/kernel/decider.ts';
import { type NotificationCommand, notificationDecider } from '../../../lambdas/spine/notifications/decider.ts';
import type { NotificationEvent } from '../../../lambdas/spine/notifications/events.ts';
import { given } from '../../support/given.ts';

const register = given(notificationDecider);
const about = { eventId: 'order-o@2', kind: 'order-confirmed' } as const;
const [noon, later, muchLater] = ['2026-03-01T12:00:00.000Z', '2026-03-01T12:00:08.000Z', '2026-03-01T12:00:16.000Z'];

const claimed = (until: string): NotificationEvent => ({ type: 'EmailClaimed', data: { ...about, until } });
const released: NotificationEvent = { type: 'EmailReleased', data: about };
const sent = (messageId: string): NotificationEvent => ({ type: 'EmailSent', data: { ...about, messageId } });
const refused: NotificationEvent = { type: 'EmailRefused', data: { ...about, reasonCode: 'bad_request' } };

const claim = (now: string, until: string): NotificationCommand => ({
  type: 'ClaimNotification',
  ...about,
  now,
  until,
});
const release = (until: string): NotificationCommand => ({ type: 'ReleaseNotification', ...about, until });
const recordSent = (messageId: string): NotificationCommand => ({ type: 'RecordSent', ...about, messageId });
const recordRefused: NotificationCommand = { type: 'RecordRefused', ...about, reasonCode: 'bad_request' };

const rejected = (code: string) => ({ kind: 'rejected', rejection: expect.objectContaining({ kind: 'rule', code }) });

it('gives an e-mail to the first who claims it, until the claim ends', () => {
  expect(register().when(claim(noon, later))).toEqual(accept(claimed(later)));
  expect(register(claimed(later)).when(claim(noon, muchLater))).toEqual(rejected('notification_claimed'));
  expect(register(claimed(later)).when(claim(later, muchLater))).toEqual(accept(claimed(muchLater)));
});

it('gives it to the next once it is given back', () => {
  expect(register(claimed(later)).when(release(later))).toEqual(accept(released));
  expect(register(claimed(later), released).when(claim(noon, later))).toEqual(accept(claimed(later)));
});

it('gives it to nobody once it is sent or refused', () => {
  expect(register(claimed(later), sent('m')).when(claim(muchLater, muchLater))).toEqual(
    rejected('notification_settled'),
  );
  expect(register(claimed(later), refused).when(claim(muchLater, muchLater))).toEqual(rejected('notification_settled'));
});

it('keeps the e-mails of one order apart', () => {
  const other = { ...claim(noon, later), eventId: 'order-o@3' };
  expect(register(claimed(later)).when(other)).toMatchObject({ kind: 'accepted', events: [{ type: 'EmailClaimed' }] });
});

it('does not let a run give back a claim that another took over, or one that is settled', () => {
  expect(register(claimed(later), claimed(muchLater)).when(release(later))).toEqual(accept());
  expect(register(claimed(later), sent('m')).when(release(later))).toEqual(accept());
});

it('records each e-mail that went out once, a second one of two runs as well', () => {
  expect(register(claimed(later)).when(recordSent('m1'))).toEqual(accept(sent('m1')));
  expect(register(claimed(later), sent('m1')).when(recordSent('m1'))).toEqual(accept());
  expect(register(claimed(later), sent('m1')).when(recordSent('m2'))).toEqual(accept(sent('m2')));
});

it('records a refusal once, and none of what was sent', () => {
  expect(register(claimed(later)).when(recordRefused)).toEqual(accept(refused));
  expect(register(claimed(later), refused).when(recordRefused)).toEqual(accept());
  expect(register(claimed(later), sent('m')).when(recordRefused)).toEqual(accept());
});

it.each([claimed(later), released, sent('m'), refused])('keeps a state that its schema takes after $type', (event) => {
  const state = notificationDecider.evolve(notificationDecider.initialState, event);
  expect(notificationDecider.stateSchema.parse(state)).toEqual(state);
});
