import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { steadyPace } from '../../../lambdas/spine/notifications/pace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const paceOf = (perSecond: number) =>
  steadyPace(perSecond, {
    wait: (millis) => new Promise((resolve) => setTimeout(resolve, millis)),
    now: () => new Date(),
  });

/** How many of the turns that are waited for at once come within the time. */
async function turnsWithin(pace: ReturnType<typeof paceOf>, millis: number, asked = 1_000): Promise<number> {
  let came = 0;
  const latest = new Date(Date.now() + 3_600_000);
  for (let each = 0; each < asked; each += 1) void pace.turn(latest).then(() => (came += 1));
  await vi.advanceTimersByTimeAsync(millis);
  return came;
}

it.each([
  [14, 10_000],
  [0.5, 60_000],
  [100, 5_000],
])('gives about %d turns a second and never more', async (perSecond, millis) => {
  const most = (perSecond * millis) / 1_000;
  const came = await turnsWithin(paceOf(perSecond), millis);
  expect(came).toBeLessThanOrEqual(most);
  expect(came).toBeGreaterThan(most * 0.9);
});

it('refuses a turn that would come too late, at once, and gives it to nobody', async () => {
  const pace = paceOf(1);
  const soon = () => new Date(Date.now() + 500);
  expect([await pace.turn(soon()), await pace.turn(soon()), await pace.turn(soon())]).toEqual([true, false, false]);
  await vi.advanceTimersByTimeAsync(1_100);
  expect(await pace.turn(soon())).toBe(true);
});

it('slows down when there are too many all the same, to one a second at the slowest', async () => {
  const pace = paceOf(100);
  for (let time = 0; time < 20; time += 1) pace.throttled();
  expect(await turnsWithin(pace, 10_000)).toBeLessThanOrEqual(10);
});

it('recovers while e-mails go out', async () => {
  const pace = paceOf(100);
  for (let time = 0; time < 20; time += 1) pace.throttled();
  for (let time = 0; time < 100; time += 1) pace.taken();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await turnsWithin(pace, 1_000)).toBeGreaterThan(90);
});

it('goes on when the clock is set back', async () => {
  const pace = paceOf(1);
  await pace.turn(new Date(Date.now() + 500));
  vi.setSystemTime(Date.now() - 3_600_000);
  const turn = pace.turn(new Date(Date.now() + 2_000));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await turn).toBe(true);
});
