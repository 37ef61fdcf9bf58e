import { expect, it } from 'vitest';
import { readCommandLine } from '../../lib/generator/command-line.ts';
import { GeneratorError } from '../../lib/generator/generator-error.ts';
import { defaultApplication } from '../../lib/spine/application-folder.ts';

it('reads a kind and a name, for the default application', () => {
  expect(readCommandLine(['aggregate', 'gift-card'])).toEqual({
    kind: 'aggregate',
    name: 'gift-card',
    app: defaultApplication,
  });
});

it('reads another application, and what it is about', () => {
  expect(readCommandLine(['process', 'expiry', '--of', 'voucher', '--app', 'examples/library'])).toEqual({
    ...{ kind: 'process', name: 'expiry', app: 'examples/library', of: 'voucher' },
  });
});

it('gives help when it is asked', () => {
  expect(readCommandLine(['--help'])).toBeUndefined();
});

it.each([
  [['saga', 'voucher'], 'The kind must be one of aggregate, read-model, process, notification, got "saga"'],
  [[], 'The kind must be one of aggregate, read-model, process, notification, got none'],
  [['aggregate'], 'The name must be in kebab case (gift-card), at most 40 characters, got none'],
  [['aggregate', 'GiftCard'], 'got "GiftCard"'],
  [['aggregate', 'gift--card'], 'got "gift--card"'],
  [['aggregate', '../gift'], 'got "../gift"'],
  [['aggregate', 'gutschein-für-zwei'], 'got "gutschein-für-zwei"'],
  [['aggregate', `a${'-b'.repeat(20)}`], 'at most 40 characters'],
  [['aggregate', 'gift', 'card'], 'There is one name, got also "card"'],
  [['aggregate', 'gift', '--of', 'order'], '--of goes with the other kinds'],
  [['aggregate', 'gift', '--force'], "Unknown option '--force'"],
])('refuses %j in a line that says why, and shows the usage', (args, message) => {
  expect(() => readCommandLine(args)).toThrow(GeneratorError);
  expect(() => readCommandLine(args)).toThrow(message);
  expect(() => readCommandLine(args)).toThrow('Usage: npm run new');
});
