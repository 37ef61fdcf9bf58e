import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultApplication } from '../../../lib/spine/application-folder.ts';
import type { LocalVariable } from '../../../local/application/local-application.ts';
import { hostSettings, parseFlags, usage } from '../../../local/lifecycle/arguments.ts';

const days: LocalVariable = {
  name: 'LOAN_DAYS',
  contextKey: 'loanDays',
  description: 'how long a book is lent (default 28)',
  rule: 'a whole number from 1 to 90',
  accepts: (value) => /^[1-9]\d?$/.test(value) && Number(value) <= 90,
};

const parse = (flags: readonly string[], environment: NodeJS.ProcessEnv) => {
  const { app, ...others } = parseFlags(flags);
  return hostSettings({ app, ...others }, resolve(app), { variables: [days] }, environment);
};

describe('the command line and the environment', () => {
  it('default to port 3000, .data and the default application', () => {
    expect(parse([], {})).toEqual({
      applicationFolder: resolve(defaultApplication),
      port: 3000,
      dataDirectory: resolve('.data'),
      ...{ fresh: false, watch: false, inspect: false, quiet: false },
      context: {},
    });
  });

  it('set port, data directory, what the application leaves open, and what the flags say', () => {
    const environment = { PORT: '0', DATA_DIR: '/tmp/x', LOAN_DAYS: '7' };
    expect(parse(['--fresh', '--watch', '--inspect', '--quiet', '--app', 'examples/library'], environment)).toEqual({
      ...{ applicationFolder: resolve('examples/library'), port: 0, dataDirectory: '/tmp/x' },
      ...{ fresh: true, watch: true, inspect: true, quiet: true },
      context: { loanDays: '7' },
    });
  });

  it.each([
    ['examples/library', '.data-library'],
    ['/elsewhere/leihbücher/', '.data-leihbücher'],
  ])('keep the data of %s apart', (folder, directory) => {
    expect(parse(['--app', folder], {}).dataDirectory).toBe(resolve(directory));
  });

  it('ask for help, which tells the variables of the application', () => {
    expect(parseFlags(['--help'])).toMatchObject({ help: true });
    expect(usage({ variables: [days] })).toContain(
      '\n  LOAN_DAYS\n             how long a book is lent (default 28)\n',
    );
    expect(usage({})).toMatch(/DATA_DIR .*\n$/);
  });

  it.each(['65536', '-1', '3000x', '1.5', 'http'])('refuse the port %s', (port) => {
    expect(() => parse([], { PORT: port })).toThrow(`PORT must be an integer from 0 to 65535, got "${port}".`);
  });

  it.each(['0', '-1', '91', '7 days'])('refuse %s for a variable that takes 1 to 90', (value) => {
    expect(() => parse([], { LOAN_DAYS: value })).toThrow(
      `LOAN_DAYS must be a whole number from 1 to 90, got "${value}".`,
    );
  });

  it('leave an empty variable to the stage', () => {
    expect(parse([], { LOAN_DAYS: '' }).context).toEqual({});
  });

  it.each([[['--frehs']], [['fresh']], [['--fresh=yes']], [['--app']]])('refuse the flags %s', (flags) => {
    expect(() => parseFlags(flags)).toThrow(
      `The flags are --app <folder>, --fresh, --import <path>, --watch, --inspect, --quiet and --help, got: ${flags.join(' ')}`,
    );
  });
});
