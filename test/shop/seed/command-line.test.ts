import { describe, expect, it } from 'vitest';
import { DeploymentError } from '../../../lib/deployment/deployment-error.ts';
import { readSeedCommandLine } from '../../../lib/seed/command-line.ts';

const local = { apiUrl: 'http://127.0.0.1:3000', orders: 120, assumesYes: false };

describe('the command line of the seed', () => {
  it.each([
    { args: [], environment: {}, line: local },
    { args: [], environment: { PORT: '4000' }, line: { ...local, apiUrl: 'http://127.0.0.1:4000' } },
    { args: ['--api', 'https://shop.example/'], environment: {}, line: { ...local, apiUrl: 'https://shop.example' } },
    { args: ['--orders', '9', '--yes'], environment: {}, line: { ...local, orders: 9, assumesYes: true } },
    {
      args: ['--user-pool', 'eu-central-1_a', '--client', 'b'],
      environment: {},
      line: { ...local, userPool: { id: 'eu-central-1_a', clientId: 'b' } },
    },
    { args: ['--help'], environment: {}, line: undefined },
  ])('takes $args with $environment', ({ args, environment, line }) => {
    expect(readSeedCommandLine(args, environment)).toEqual(line);
  });

  it.each([
    { args: ['--orders', '0'], says: /--orders must be a whole number from 1 to 1000, got "0"/ },
    { args: ['--orders', '1001'], says: /got "1001"/ },
    { args: ['--orders', '1e2'], says: /got "1e2"/ },
    { args: ['--api', 'shop.example'], says: /--api must be an address .*, got "shop.example"/ },
    { args: ['--client', 'b'], says: /--user-pool and --client come together/ },
    { args: ['--products', '9'], says: /--products/ },
  ])('says what is wrong with $args, and how it is used', ({ args, says }) => {
    expect(() => readSeedCommandLine(args, {})).toThrow(DeploymentError);
    expect(() => readSeedCommandLine(args, {})).toThrow(says);
    expect(() => readSeedCommandLine(args, {})).toThrow(/Usage: npm run seed/);
  });
});
