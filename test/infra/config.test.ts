import { describe, expect, it } from 'vitest';
import { stages } from '../../lib/spine/settings/stages.ts';
import { apiKeySecretArn, fromCommandLine, settingsOf, stageSettings } from './deployment.ts';

const tokens = {
  tokenIssuer: 'https://issuer.example',
  tokenAudience: 'shop',
  tokenJwksUri: 'https://issuer.example/keys',
};

describe('settings of a stage', () => {
  it.each([['staging'], [undefined], ['']])('refuses the stage %j and names the ones there are', (stage) => {
    expect(() => stageSettings(stage)).toThrow(
      `must be one of local, localstack, dev, prod, got ${JSON.stringify(stage)}`,
    );
  });

  it.each(stages)('of %s obey the rules, once it has what a command line names', (stage) => {
    expect(settingsOf(stage).stage).toBe(stage);
  });

  it('refuses fewer lanes than shards', () => {
    expect(() => settingsOf('dev', { eventStream: { shards: 4, lanes: 3 } })).toThrow(
      'eventStream.lanes must be at least eventStream.shards (4), got 3',
    );
  });

  it('refuses an HTTP function that may take longer than the gateway waits', () => {
    expect(() => settingsOf('dev', { http: { memoryInMegabytes: 512, timeoutInSeconds: 30 } })).toThrow(
      'http.timeoutInSeconds must be at most 29, got 30',
    );
  });

  it('refuses a visibility timeout below six times the timeout of the function', () => {
    const subscriber = { ...settingsOf('prod').subscriber, timeoutInSeconds: 10, visibilityTimeoutInSeconds: 59 };
    expect(() => settingsOf('prod', { subscriber })).toThrow('must be at least 6 × its timeout (60), got 59');
  });

  it.each([0, 1.5])('refuses an outage of %d seconds', (outageInSeconds) => {
    expect(() => settingsOf('dev', { outageInSeconds })).toThrow(
      `outageInSeconds must be a whole number from 1, got ${outageInSeconds}`,
    );
  });

  it.each([
    [
      'an issuer that is no https URL',
      { issuer: 'http://issuer.example' },
      'tokens.issuer (-c tokenIssuer) must be an https URL',
    ],
    [
      'keys that are not fetched over https',
      { jwksUri: 'http://issuer.example' },
      'tokens.jwksUri (-c tokenJwksUri) must be an https URL',
    ],
    ['an empty audience', { audience: '' }, 'tokens.audience (-c tokenAudience) must not be empty'],
  ])('refuses %s', (_what, change, message) => {
    const valid = { issuer: 'https://issuer.example', audience: 'shop', jwksUri: 'https://issuer.example/keys' };
    expect(() => settingsOf('prod', { tokens: { ...valid, ...change } })).toThrow(message);
  });

  it('refuses a front door that there is not', () => {
    expect(() => settingsOf('dev', { frontDoor: 'websocket' })).toThrow(
      'frontDoor (-c frontDoor) must be one of http, rest, got "websocket"',
    );
  });

  it.each(['', 'shop.example', 'https://shop.example/', 'https://Shop.example', 'https://*.shop.example', 'null'])(
    'refuses "%s" as an origin of pages, which no browser sends or API Gateway does not take',
    (origin) => {
      expect(() => settingsOf('dev', { corsOrigins: ['https://shop.example', origin] })).toThrow(
        `corsOrigins (-c corsOrigins) must be origins as browsers send them, https://shop.example, or *, got "${origin}"`,
      );
    },
  );

  it('takes any port of a machine as an origin on the local host alone', () => {
    const corsOrigins = ['http://localhost:*', 'http://127.0.0.1:*'];
    expect(settingsOf('local', { corsOrigins })).toMatchObject({ corsOrigins });
    expect(() => settingsOf('dev', { corsOrigins })).toThrow('got "http://localhost:*", "http://127.0.0.1:*"');
    const named = ['*', 'https://*', 'http://localhost:5173', 'http://[::1]:8080', 'https://a-b.shop.example'];
    expect(settingsOf('dev', { corsOrigins: named })).toMatchObject({ corsOrigins: named });
  });

  it('refuses a REST API where nothing would run it or answer other origins', () => {
    expect(() => settingsOf('local', { frontDoor: 'rest' })).toThrow(
      'frontDoor (-c frontDoor) must be http on the stage local',
    );
    expect(() => settingsOf('dev', { frontDoor: 'rest', corsOrigins: ['https://shop.example'] })).toThrow(
      'corsOrigins (-c corsOrigins) must be none unless frontDoor is http, got https://shop.example with "rest"',
    );
  });

  it('of localstack have a token issuer and a mail server of this machine', () => {
    expect(settingsOf('localstack')).toMatchObject({
      frontDoor: 'rest',
      tokens: { jwksUri: 'http://issuer:3001/local/jwks.json' },
      email: { endpoint: 'http://mail:8005' },
    });
  });

  it('names every broken rule at once', () => {
    const broken = { http: { memoryInMegabytes: 512, timeoutInSeconds: 60 }, eventStream: { shards: 2, lanes: 1 } };
    expect(() => settingsOf('dev', broken)).toThrow(/http\.timeoutInSeconds.*; eventStream\.lanes/);
  });
});

describe('the open orders of a customer', () => {
  it('are 1,000 on a machine of one’s own and 50 elsewhere, unless the command line says otherwise', () => {
    const byStage = stages.map((stage) => [stage, settingsOf(stage).openOrdersPerCustomer]);
    expect(Object.fromEntries(byStage)).toEqual({ local: 1_000, localstack: 1_000, dev: 50, prod: 50 });
    const { openOrdersPerCustomer } = fromCommandLine({ stage: 'local', openOrdersPerCustomer: '7' });
    expect(openOrdersPerCustomer).toBe(7);
    expect(() => fromCommandLine({ stage: 'local', openOrdersPerCustomer: 'few' })).toThrow(
      'openOrdersPerCustomer must be a whole number of orders, got "few"',
    );
  });

  it.each([0, 1.5, Number.NaN, 1_001])('cannot be limited to %d', (openOrdersPerCustomer) => {
    expect(() => settingsOf('dev', { openOrdersPerCustomer })).toThrow(
      `openOrdersPerCustomer (-c openOrdersPerCustomer) must be a whole number from 1 to 1000, got ${openOrdersPerCustomer}`,
    );
  });
});

describe('payments and e-mail of a stage', () => {
  const sender = 'orders@shop.example';

  it('are there on the local stage', () => {
    expect(stageSettings('local')).toMatchObject({
      payments: { provider: 'sandbox', timeoutInSeconds: 900 },
      email: { sender: 'orders@eventspine.localhost' },
    });
  });

  it('take no real money on a development stage, which needs a sender', () => {
    expect(settingsOf('dev').payments).toEqual({ provider: 'sandbox', timeoutInSeconds: 900 });
    expect(() => stageSettings('dev')).toThrow(
      'Stage dev: email.sender (-c emailSender) must be an e-mail address, got undefined.',
    );
  });

  it('have to be named in production', () => {
    expect(() => stageSettings('prod')).toThrow(
      /payments\.provider \(-c paymentProvider\) must be one of sandbox, stripe, got undefined; email\.sender/,
    );
  });

  it('may be the sandbox’s in production when it is asked for by name', () => {
    const { payments } = settingsOf('prod', { payments: { provider: 'sandbox' } });
    expect(payments).toEqual({ provider: 'sandbox', timeoutInSeconds: 900 });
  });

  it('keep what an override leaves out', () => {
    const { payments } = stageSettings('local', { payments: { timeoutInSeconds: 3 } });
    expect(payments).toEqual({ provider: 'sandbox', timeoutInSeconds: 3 });
  });

  it.each([0, 1.5, Number.NaN, 82_801])('refuse to wait %d seconds for a payment', (timeoutInSeconds) => {
    expect(() => settingsOf('dev', { payments: { timeoutInSeconds } })).toThrow(
      `payments.timeoutInSeconds (-c paymentTimeoutSeconds) must be a whole number from 1 to 82800 (23 hours), got ${timeoutInSeconds}`,
    );
  });

  it.each([1, 82_800])('let an order wait %d seconds for a payment', (timeoutInSeconds) => {
    expect(settingsOf('dev', { payments: { timeoutInSeconds } }).payments).toMatchObject({ timeoutInSeconds });
  });

  it('refuse a provider that there is not', () => {
    expect(() => settingsOf('dev', { payments: { provider: 'paypal' } })).toThrow(
      'payments.provider (-c paymentProvider) must be one of sandbox, stripe, got "paypal"',
    );
  });

  it('refuse Stripe without the secret of its key', () => {
    expect(() => settingsOf('dev', { payments: { provider: 'stripe' } })).toThrow(
      'must be the complete ARN of a secret when the provider is stripe, got none',
    );
  });

  it.each([
    ['the-key-itself'],
    [apiKeySecretArn.replace(/-AbC123$/, '')],
    ['arn:aws:ssm:eu-central-1:123456789012:parameter/stripe-AbC123'],
  ])('refuse %s as the ARN of a secret and do not repeat it', (text) => {
    const refused = () => settingsOf('dev', { payments: { provider: 'stripe', apiKeySecretArn: text } });
    expect(refused).toThrow('must be the complete ARN of a secret when the provider is stripe, got another text');
    expect(refused).not.toThrow(text);
  });

  it('refuse a key for the sandbox', () => {
    expect(() => settingsOf('dev', { payments: { apiKeySecretArn } })).toThrow(
      'must not be set unless the provider is stripe, got the provider "sandbox"',
    );
  });

  it.each(['', 'shop.example', 'Shop <orders@shop.example>'])('refuse the sender "%s"', (text) => {
    expect(() => settingsOf('dev', { email: { sender: text } })).toThrow(
      `email.sender (-c emailSender) must be an e-mail address, got "${text}"`,
    );
  });

  it.each([sender, 'shop.example', 'example'])(`take the identity %s for ${sender}`, (identity) => {
    expect(settingsOf('dev', { email: { sender, identity } }).email).toMatchObject({ sender, identity });
  });

  it('refuse to send elsewhere than to SES, but on a stage on one machine', () => {
    const endpoint = 'http://127.0.0.1:8005';
    expect(() => settingsOf('dev', { email: { sender, endpoint } })).toThrow(
      `email.endpoint (-c emailEndpoint) is for stages on one machine, got "${endpoint}"`,
    );
    expect(() => settingsOf('localstack', { email: { endpoint: 'mail' } })).toThrow('must be a URL, got "mail"');
    expect(settingsOf('localstack', { email: { endpoint } }).email).toMatchObject({ endpoint });
  });

  it.each([0, 1.5, 10_001, Number.NaN])('refuse %d e-mails a second', (sendsPerSecond) => {
    expect(() => settingsOf('dev', { email: { sender, sendsPerSecond } })).toThrow(
      `email.sendsPerSecond (-c emailSendsPerSecond) must be a whole number from 1 to 10000, got ${sendsPerSecond}`,
    );
  });

  it.each(['op.example', 'other@shop.example', ''])(`refuse the identity "%s" for ${sender}`, (identity) => {
    expect(() => settingsOf('dev', { email: { sender, identity } })).toThrow(
      `email.identity (-c emailIdentity) must be the sender ${sender}, its domain or one above it, got "${identity}"`,
    );
  });
});

describe('settings from the command line', () => {
  it('take no origin for none', () => {
    expect(fromCommandLine({ stage: 'dev', ...tokens, emailSender: 'a@shop.example', corsOrigins: '' })).toMatchObject({
      corsOrigins: [],
    });
  });

  it('take the stage and what the context replaces', () => {
    const settings = fromCommandLine({
      stage: 'dev',
      ...tokens,
      frontDoor: 'http',
      corsOrigins: 'https://a.example,https://b.example',
      alarmTopicArn: 'arn:aws:sns:eu-central-1:123456789012:operators',
      publicConcurrency: '80',
      fanOut: 'enhanced',
      wireVersion: '1',
      paymentProvider: 'stripe',
      paymentTimeoutSeconds: '60',
      paymentApiKeySecretArn: apiKeySecretArn,
      emailSender: 'orders@shop.example',
      emailIdentity: 'shop.example',
      emailSendsPerSecond: '50',
    });
    expect(settings).toEqual({
      ...settingsOf('dev'),
      tokens: { issuer: 'https://issuer.example', audience: 'shop', jwksUri: 'https://issuer.example/keys' },
      corsOrigins: ['https://a.example', 'https://b.example'],
      alarmTopicArn: 'arn:aws:sns:eu-central-1:123456789012:operators',
      publicConcurrency: 80,
      fanOut: 'enhanced',
      wireVersion: 1,
      payments: { provider: 'stripe', timeoutInSeconds: 60, apiKeySecretArn },
      email: { sender: 'orders@shop.example', identity: 'shop.example', sendsPerSecond: 50, maximumConcurrency: 2 },
    });
  });

  it('leave what the context does not name', () => {
    expect(fromCommandLine({ stage: 'dev', emailSender: 'orders@shop.example' })).toEqual(settingsOf('dev'));
  });

  it('refuse a payment timeout that is no number', () => {
    expect(() => fromCommandLine({ stage: 'dev', paymentTimeoutSeconds: '15m' })).toThrow(
      'paymentTimeoutSeconds must be a whole number of seconds, got "15m"',
    );
  });

  it('need a stage', () => {
    expect(() => fromCommandLine({})).toThrow('must be one of local, localstack, dev, prod, got undefined');
  });

  it('refuse a part of a token issuer', () => {
    expect(() => fromCommandLine({ stage: 'dev', tokenIssuer: 'https://issuer.example' })).toThrow(
      'takes all of tokenIssuer, tokenAudience, tokenJwksUri; missing: tokenAudience, tokenJwksUri',
    );
  });
});
