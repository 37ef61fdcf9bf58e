import { describe, expect, it } from 'vitest';
import { Deployment } from './deployment.ts';

const prod = new Deployment('prod');
const functions = prod.ofType('AWS::Lambda::Function');

const environmentOf = (name: string): Record<string, string> => {
  const { Variables } = prod.at(`${name}/function`).properties['Environment'] as { Variables: Record<string, unknown> };
  return Object.fromEntries(Object.entries(Variables).map(([key, value]) => [key, prod.target(value)]));
};
const everywhere = (name: string) => ({
  POWERTOOLS_SERVICE_NAME: name,
  NODE_OPTIONS: '--enable-source-maps',
});
const tokens = {
  TOKEN_ISSUER: 'users/user-pool.ProviderURL',
  TOKEN_AUDIENCE: 'users/user-pool/client',
  TOKEN_JWKS_URI: 'users/user-pool.ProviderURL/.well-known/jwks.json',
};

describe('functions', () => {
  it('every function runs on Node.js 24 on arm64, logs JSON to a group of its own and is traced', () => {
    for (const { path, properties } of functions) {
      const logs = path.replace(/\/function$/, '/logs');
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        LoggingConfig: { LogFormat: 'JSON' },
        TracingConfig: { Mode: 'Active' },
      });
      const { LogGroup } = properties['LoggingConfig'] as { LogGroup: unknown };
      expect(prod.target(LogGroup)).toBe(logs);
      expect(prod.at(logs).properties['RetentionInDays']).toBe(90);
    }
  });

  it.each(['orders-command', 'products-command'])('%s is told the event table and the token issuer', (name) => {
    expect(environmentOf(name)).toEqual({ ...everywhere(name), ...tokens, EVENT_TABLE: 'events/table' });
  });

  it('the query function is told the event table, every read table and the token issuer', () => {
    expect(environmentOf('query')).toEqual({
      ...everywhere('query'),
      ...tokens,
      EVENT_TABLE: 'events/table',
      READ_TABLE_ORDER_DETAIL: 'order-detail/table',
      READ_TABLE_CUSTOMER_ORDERS: 'customer-orders/table',
      READ_TABLE_CATALOGUE: 'catalogue/table',
    });
  });

  it('the relay is told the event stream and the number of lanes', () => {
    expect(environmentOf('relay')).toEqual({
      ...everywhere('relay'),
      EVENT_STREAM: 'event-stream/stream',
      LANES: '16',
    });
  });

  it('a projector is told its projection, its table and the event table', () => {
    expect(environmentOf('order-detail-projector')).toEqual({
      ...everywhere('order-detail-projector'),
      PROJECTION: 'order-detail',
      EVENT_TABLE: 'events/table',
      READ_TABLE_ORDER_DETAIL: 'order-detail/table',
    });
  });

  it('the functions behind the API end before the gateway gives up', () => {
    for (const name of ['orders-command', 'products-command', 'query']) {
      expect(prod.at(`${name}/function`).properties['Timeout']).toBeLessThan(30);
    }
  });
});
