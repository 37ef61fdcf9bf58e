import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../local/lifecycle/arguments.ts';

describe('the command line and the environment', () => {
  it('default to port 3000 and .data', () => {
    expect(parseArguments([], {})).toEqual({
      port: 3000,
      dataDirectory: resolve('.data'),
      fresh: false,
      watch: false,
      inspect: false,
      quiet: false,
      paymentTimeoutInSeconds: 900,
      openOrdersPerCustomer: 1000,
    });
  });

  it('set port, data directory, the payment timeout, how many orders may be open and what the flags say', () => {
    const settings = parseArguments(['--fresh', '--watch', '--inspect', '--quiet'], {
      PORT: '0',
      DATA_DIR: '/tmp/x',
      PAYMENT_TIMEOUT_SECONDS: '1',
      OPEN_ORDERS_PER_CUSTOMER: '2',
    });
    expect(settings).toEqual({
      ...{ port: 0, dataDirectory: '/tmp/x', paymentTimeoutInSeconds: 1, openOrdersPerCustomer: 2 },
      ...{ fresh: true, watch: true, inspect: true, quiet: true },
    });
  });

  it('ask for help', () => {
    expect(parseArguments(['--help'], {})).toBeUndefined();
  });

  it.each(['65536', '-1', '3000x', '1.5', 'http'])('refuse the port %s', (port) => {
    expect(() => parseArguments([], { PORT: port })).toThrow(`PORT must be an integer from 0 to 65535, got "${port}".`);
  });

  it.each(['0', '-1', '1.5', '5s', '82801'])('refuse the payment timeout %s', (timeout) => {
    expect(() => parseArguments([], { PAYMENT_TIMEOUT_SECONDS: timeout })).toThrow(
      `PAYMENT_TIMEOUT_SECONDS must be a whole number from 1 to 82800 (23 hours), got "${timeout}".`,
    );
  });

  it.each(['0', '-1', '1.5', '1001', 'many'])('refuse %s open orders', (orders) => {
    expect(() => parseArguments([], { OPEN_ORDERS_PER_CUSTOMER: orders })).toThrow(
      `OPEN_ORDERS_PER_CUSTOMER must be a whole number from 1 to 1000, got "${orders}".`,
    );
  });

  it.each([[['--frehs']], [['fresh']], [['--fresh=yes']]])('refuse the flags %s', (flags) => {
    expect(() => parseArguments(flags, {})).toThrow(
      `The flags are --fresh, --watch, --inspect, --quiet and --help, got: ${flags.join(' ')}`,
    );
  });
});
