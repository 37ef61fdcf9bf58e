// A subscription's queue against SQS as its client sees it: what SQS takes, what it refuses and how it says so
// (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html).
import { createHash } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { sqsClient, sqsSubscriptionQueue } from '../../../lambdas/spine/aws/sqs/subscription-queue.ts';
import {
  decodeBundle,
  type EncodedHint,
  encodeHint,
  type WireVersion,
} from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import { fakeAws } from '../../support/fake-aws.ts';

const hint = (stream: string, text = ''): EncodedHint =>
  encodeHint({
    stream,
    version: 1,
    id: 'id',
    time: '2026-01-01T00:00:00.000Z',
    correlationId: 'c',
    causationId: 'x',
    events: [{ type: 'T', schemaVersion: '1.0.0', data: text }],
  });

const large = (stream: string): EncodedHint => hint(stream, 'x'.repeat(80_000));

interface Entry {
  readonly Id: string;
  readonly MessageBody: string;
}

/** What one call is told: an error of the call as a whole, or which of its entries fail. */
type Answer =
  | { readonly status: number; readonly error: string }
  | ((entry: Entry) => { readonly SenderFault: boolean; readonly Code: string } | undefined);

let standing: Answer = () => undefined;
const bodies: string[] = [];
const calls: string[][][] = [];

const sqs = fakeAws<Answer>('SQS', (prepared, response) => {
  const answer = prepared ?? standing;
  const { Entries } = JSON.parse(sqs.requests.at(-1)?.body ?? '{}') as { Entries: Entry[] };
  calls.push(Entries.map(({ MessageBody }) => decodeBundle(MessageBody).map(({ stream }) => stream)));
  if (typeof answer !== 'function') {
    const type = `com.amazonaws.sqs#${answer.error}`;
    response
      .writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' })
      .end(JSON.stringify({ __type: type }));
    return;
  }
  const Failed = Entries.flatMap((entry) => {
    const failure = answer(entry);
    if (failure === undefined) bodies.push(entry.MessageBody);
    return failure === undefined ? [] : [{ Id: entry.Id, ...failure }];
  });
  const Successful = Entries.filter(({ Id }) => !Failed.some((failed) => failed.Id === Id)).map(
    ({ Id, MessageBody }) => ({
      ...{ Id, MessageId: Id, MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') },
    }),
  );
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify({ Successful, Failed }));
});

const send = (answer: Answer, ...hints: EncodedHint[]) => sendInMessagesOf(100, answer, ...hints);

let wireVersion: WireVersion = 1;

async function sendInMessagesOf(hintsPerMessage: number, answer: Answer, ...hints: EncodedHint[]) {
  standing = answer;
  calls.length = 0;
  bodies.length = 0;
  const client = sqsClient();
  const url = `${process.env['AWS_ENDPOINT_URL_SQS']}/0/q`;
  const result = await sqsSubscriptionQueue(client, url, hintsPerMessage, wireVersion).send(hints);
  client.destroy();
  return { ...result, got: bodies.flatMap((body) => decodeBundle(body)) };
}

const taken: Answer = () => undefined;
const refusing =
  (stream: string, failure = { SenderFault: true, Code: 'InvalidMessageContents' }) =>
  ({ MessageBody }: Entry) =>
    decodeBundle(MessageBody).some((each) => each.stream === stream && each.events.length > 0) ? failure : undefined;

it('puts the hints of a batch into one message', async () => {
  await send(taken, hint('order-1'), hint('order-2'));
  expect(calls).toEqual([[['order-1', 'order-2']]]);
});

it('puts no more hints into a message than its subscriber has time for', async () => {
  await sendInMessagesOf(2, taken, hint('order-1'), hint('order-2'), hint('order-3'));
  expect(calls).toEqual([[['order-1', 'order-2'], ['order-3']]]);
});

it('keeps a call within 256 KiB and ten messages', async () => {
  await send(taken, ...Array.from({ length: 25 }, (_, index) => hint(`order-${index}`, 'x'.repeat(60_000))));
  expect(calls.flat(2)).toHaveLength(25);
  for (const { body } of sqs.requests) expect(body.length).toBeLessThan(256 * 1024);
});

it('sends what SQS could not take now again, alone', async () => {
  sqs.answers.push(refusing('order-2', { SenderFault: false, Code: 'InternalError' }));
  const { streams } = await send(taken, large('order-1'), large('order-2'));
  expect(streams).toEqual(new Set());
  expect(calls).toEqual([[['order-1'], ['order-2']], [['order-2']]]);
});

it('sends a call again that SQS throttled', async () => {
  sqs.answers.push({ status: 403, error: 'RequestThrottled' });
  const { streams, got } = await send(taken, hint('order-1'));
  expect(streams).toEqual(new Set());
  expect(got).toHaveLength(1);
});

it('names the streams whose messages SQS could not take at any attempt, and what it called that', async () => {
  const { streams, codes } = await send(
    refusing('order-2', { SenderFault: false, Code: 'InternalError' }),
    large('order-1'),
    large('order-2'),
  );
  expect({ streams, codes }).toEqual({ streams: new Set(['order-2']), codes: ['InternalError'] });
});

it.each([1, 2] as const)(
  'takes a message in wire version %i that SQS refuses for its content apart: the hint at fault goes without its events, all others whole',
  async (version) => {
    wireVersion = version;
    onTestFinished(() => {
      wireVersion = 1;
    });
    const hints = Array.from({ length: 25 }, (_, index) => hint(`order-${index}`));
    const { streams, got } = await send(refusing('order-7'), ...hints);
    expect(streams).toEqual(new Set());
    const found = Object.fromEntries(got.map(({ stream, events }) => [stream, events.length]));
    expect(found).toEqual(Object.fromEntries(hints.map(({ stream }) => [stream, stream === 'order-7' ? 0 : 1])));
    expect(got).toHaveLength(25);
  },
);

it('gives a hint up at once that SQS refuses for its content without its events too', async () => {
  const failure = { SenderFault: true, Code: 'InvalidMessageContents' };
  const { streams, codes, got } = await send(
    ({ MessageBody }) => (MessageBody.includes('"order-2"') ? failure : undefined),
    hint('order-1'),
    hint('order-2'),
    hint('order-3'),
  );
  expect({ streams, codes }).toEqual({ streams: new Set(['order-2']), codes: ['InvalidMessageContents'] });
  expect(got.map(({ stream }) => stream)).toEqual(['order-1', 'order-3']);
  expect(calls.filter((call) => call.flat().join() === 'order-2')).toHaveLength(2);
});

it.each(['BatchRequestTooLong', 'InvalidParameterValue'])('takes a call apart that is refused as %s', async (error) => {
  sqs.answers.push({ status: 400, error });
  const { streams, got } = await send(taken, large('order-1'), large('order-2'));
  expect(streams).toEqual(new Set());
  expect(got.map(({ stream }) => stream)).toEqual(['order-1', 'order-2']);
});

it.each(['AccessDeniedException', 'QueueDoesNotExist'])(
  'makes a call only once that is refused as %s',
  async (error) => {
    const { streams, codes } = await send({ status: 400, error }, hint('order-1'));
    expect({ streams, codes }).toEqual({ streams: new Set(['order-1']), codes: [error] });
    expect(calls).toHaveLength(1);
  },
);
