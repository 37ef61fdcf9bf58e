import { describe, expect, it } from 'vitest';
import { readCommandLine } from '../../../lib/deployment/command-line.ts';
import { DeploymentError } from '../../../lib/deployment/deployment-error.ts';

describe('the command line of a deployment', () => {
  it('takes the stage and settings, asks, and places a test order', () => {
    const line = readCommandLine(['--stage', 'dev', '-c', 'emailSender=orders@shop.example', '-c', 'corsOrigins=']);
    expect(line).toEqual({
      ...{ stage: 'dev', context: ['emailSender=orders@shop.example', 'corsOrigins='] },
      ...{ assumesYes: false, placesOrder: true },
    });
  });

  it.each([
    { args: ['--stage', 'prod'], placesOrder: false },
    { args: ['--stage', 'prod', '--smoke'], placesOrder: true },
    { args: ['--stage', 'dev', '--no-smoke'], placesOrder: false },
  ])('places an order in a shop that sells only when told to: $args', ({ args, placesOrder }) => {
    expect(readCommandLine(args)).toMatchObject({ placesOrder });
  });

  it.each([
    { args: [], says: /--stage must be one of .*dev.*, got none/ },
    { args: ['--stage', 'live'], says: /got live/ },
    { args: ['--stage', 'local'], says: /got local/ },
    { args: ['--stage', 'dev', '-c', 'emailSender'], says: /-c takes <setting>=<value>, got "emailSender"/ },
    { args: ['--stage', 'dev', '-c', 'stage=prod'], says: /The stage is named by --stage, not by -c stage/ },
    { args: ['--stage', 'dev', '-c', 'app=examples/library'], says: /Another takes npx cdk .* -c app=<folder>/ },
    { args: ['--stage', 'dev', '--force'], says: /--force/ },
    { args: ['dev'], says: /dev/ },
  ])('says what is wrong with $args, and how it is used', ({ args, says }) => {
    expect(() => readCommandLine(args)).toThrow(DeploymentError);
    expect(() => readCommandLine(args)).toThrow(says);
    expect(() => readCommandLine(args)).toThrow(/Usage: npm run deploy/);
  });
});
