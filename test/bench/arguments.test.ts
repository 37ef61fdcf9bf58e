import { expect, it } from 'vitest';
import { parseArguments } from '../../bench/suite/arguments.ts';

const known = ['commands', 'load'];

it('takes every bench when none is named, in five rounds', () => {
  expect(parseArguments([], known)).toMatchObject({ names: known, rounds: 5, isQuick: false, isJson: false });
});

it('takes the named benches, and their size', () => {
  expect(parseArguments(['load', '--json', '--rounds', '3'], known)).toMatchObject({
    names: ['load'],
    rounds: 3,
    isJson: true,
  });
  expect(parseArguments(['--quick'], known)).toMatchObject({ rounds: 2, isQuick: true, isProfiled: false });
  expect(parseArguments(['--profile'], known)).toMatchObject({ isProfiled: true });
});

it.each([
  [['lod'], 'There is no bench lod; there are commands, load.'],
  [['--rounds', '0'], '--rounds is a whole number from 1; it was 0.'],
  [['--rounds', 'many'], '--rounds is a whole number from 1; it was many.'],
  [['--fast'], "Unknown option '--fast'"],
])('refuses %j and says why', (args, message) => {
  expect(() => parseArguments(args, known)).toThrow(message);
});
