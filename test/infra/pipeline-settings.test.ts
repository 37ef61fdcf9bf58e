import { describe, expect, it } from 'vitest';
import { type Deployment, deploymentOf, settingsOf } from './deployment.ts';
import { ownPermissionsOf } from './permissions.ts';

const polled = deploymentOf('prod');
const pushed = deploymentOf('prod', { fanOut: 'enhanced' });

describe('a fan-out that Kinesis pushes to', () => {
  it('is registered with the event stream, and its mapping reads what is pushed', () => {
    const { type, properties } = pushed.at('fan-out/consumer');
    expect(type).toBe('AWS::Kinesis::StreamConsumer');
    expect(pushed.target(properties['StreamARN'])).toBe('event-stream/stream.Arn');
    const { EventSourceArn } = pushed.at('fan-out/mapping').properties;
    expect(pushed.target(EventSourceArn)).toBe('fan-out/consumer.ConsumerARN');
  });

  it('reads in order and gives up as one that polls does', () => {
    const { EventSourceArn: _, ...settings } = pushed.at('fan-out/mapping').properties;
    const { EventSourceArn: __, ...settingsOfPolled } = polled.at('fan-out/mapping').properties;
    expect(settings).toEqual(settingsOfPolled);
  });

  it('may subscribe to the shards as that consumer, beyond what one that polls may', () => {
    const before = new Set(ownPermissionsOf(polled, 'fan-out'));
    expect(ownPermissionsOf(pushed, 'fan-out').filter((permission) => !before.has(permission))).toEqual([
      'kinesis:DescribeStreamConsumer on fan-out/consumer.ConsumerARN',
      'kinesis:SubscribeToShard on fan-out/consumer.ConsumerARN',
    ]);
  });

  it('is there only where a stage asks for it', () => {
    expect(polled.ofType('AWS::Kinesis::StreamConsumer')).toEqual([]);
  });

  it.each(['local', 'localstack'] as const)('is refused on the stage %s, where nothing is pushed', (stage) => {
    expect(() => settingsOf(stage, { fanOut: 'enhanced' })).toThrow('fanOut (-c fanOut) must be "polling" where');
  });

  it('is spelt in one of two ways', () => {
    expect(() => settingsOf('dev', { fanOut: 'push' })).toThrow('must be "polling" or "enhanced", got "push"');
  });
});

describe('the wire version', () => {
  const versionOf = (deployment: Deployment, name: string): unknown => {
    const { Environment } = deployment.at(`${name}/function`).properties;
    return (Environment as { Variables: Record<string, unknown> }).Variables['WIRE_VERSION'];
  };

  it.each(['relay', 'fan-out'])('that the %s writes is the newest, or what the stage names', (name) => {
    expect(versionOf(polled, name)).toBe('2');
    expect(versionOf(deploymentOf('dev', { wireVersion: 1 }), name)).toBe('1');
  });

  it('is one that there is', () => {
    expect(() => settingsOf('dev', { wireVersion: 3 })).toThrow('wireVersion (-c wireVersion) must be 1 or 2, got 3');
  });
});
