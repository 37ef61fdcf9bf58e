import { App } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { stageSettings } from '../../lib/config.ts';
import { settingsFromContext } from '../../lib/context.ts';

const fromCommandLine = (context: Record<string, string>) => settingsFromContext(new App({ context }).node);
const tokens = {
  tokenIssuer: 'https://issuer.example',
  tokenAudience: 'shop',
  tokenJwksUri: 'https://issuer.example/keys',
};

describe('settings of a stage', () => {
  it.each([['staging'], [undefined], ['']])('refuses the stage %j and names the ones there are', (stage) => {
    expect(() => stageSettings(stage)).toThrow(`must be one of local, dev, prod, got ${JSON.stringify(stage)}`);
  });

  it.each(['local', 'dev', 'prod'])('of %s obey their own rules', (stage) => {
    expect(stageSettings(stage).stage).toBe(stage);
  });

  it('refuses fewer lanes than shards', () => {
    expect(() => stageSettings('dev', { eventStream: { shards: 4, lanes: 3 } })).toThrow(
      'eventStream.lanes must be at least eventStream.shards (4), got 3',
    );
  });

  it('refuses an HTTP function that may take longer than the gateway waits', () => {
    expect(() => stageSettings('dev', { http: { memoryInMegabytes: 512, timeoutInSeconds: 30 } })).toThrow(
      'http.timeoutInSeconds must be at most 29, got 30',
    );
  });

  it('refuses a visibility timeout below six times the timeout of the function', () => {
    const subscriber = { ...stageSettings('prod').subscriber, timeoutInSeconds: 10, visibilityTimeoutInSeconds: 59 };
    expect(() => stageSettings('prod', { subscriber })).toThrow('must be at least 6 × its timeout (60), got 59');
  });

  it.each([
    ['an issuer that is no https URL', { issuer: 'http://issuer.example' }, 'tokens.issuer must be an https URL'],
    [
      'keys that are not fetched over https',
      { jwksUri: 'http://issuer.example' },
      'tokens.jwksUri must be an https URL',
    ],
    ['an empty audience', { audience: '' }, 'tokens.audience must not be empty'],
  ])('refuses %s', (_what, change, message) => {
    const valid = { issuer: 'https://issuer.example', audience: 'shop', jwksUri: 'https://issuer.example/keys' };
    expect(() => stageSettings('prod', { tokens: { ...valid, ...change } })).toThrow(message);
  });

  it('names every broken rule at once', () => {
    const broken = { http: { memoryInMegabytes: 512, timeoutInSeconds: 60 }, eventStream: { shards: 2, lanes: 1 } };
    expect(() => stageSettings('dev', broken)).toThrow(/http\.timeoutInSeconds.*; eventStream\.lanes/);
  });
});

describe('settings from the command line', () => {
  it('take the stage and what the context replaces', () => {
    const settings = fromCommandLine({
      stage: 'dev',
      ...tokens,
      corsOrigins: 'https://a.example,https://b.example',
      alarmTopicArn: 'arn:aws:sns:eu-central-1:123456789012:operators',
    });
    expect(settings).toEqual({
      ...stageSettings('dev'),
      tokens: { issuer: 'https://issuer.example', audience: 'shop', jwksUri: 'https://issuer.example/keys' },
      corsOrigins: ['https://a.example', 'https://b.example'],
      alarmTopicArn: 'arn:aws:sns:eu-central-1:123456789012:operators',
    });
  });

  it('need a stage', () => {
    expect(() => fromCommandLine({})).toThrow('must be one of local, dev, prod, got undefined');
  });

  it('refuse a part of a token issuer', () => {
    expect(() => fromCommandLine({ stage: 'dev', tokenIssuer: 'https://issuer.example' })).toThrow(
      'takes all of tokenIssuer, tokenAudience, tokenJwksUri; missing: tokenAudience, tokenJwksUri',
    );
  });
});
