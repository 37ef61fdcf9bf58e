// CloudFront's REST protocol, as far as functions need it: `CreateInvalidation` and `GetInvalidation`.
// https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateInvalidation.html
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { invalidationItem } from '../../edge/invalidation.ts';
import type { Invalidation, Invalidations } from './invalidations.ts';
import { parsedXml, xmlDocument } from './xml.ts';

export interface ProtocolRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

export interface ProtocolAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** XML */
  readonly body: string;
}

const target = /^\/2020-05-31\/distribution\/(?<distribution>[^/]+)\/invalidation(?:\/(?<invalidation>[^/]+))?$/;

/** CloudFront's own limit on the items of all invalidations in progress; here one is in progress at a time. */
const maxItems = 3000;

const oneOrMore = z.union([z.string().transform((item) => [item]), z.array(z.string())]);

const createRequest = z.object({
  InvalidationBatch: z.object({
    CallerReference: z.string().min(1),
    Paths: z.object({ Quantity: z.coerce.number(), Items: z.object({ Path: oneOrMore }) }),
  }),
});

/** @param distributions by their ids */
export function answerTo(request: ProtocolRequest, distributions: ReadonlyMap<string, Invalidations>): ProtocolAnswer {
  const { distribution = '', invalidation } = target.exec(request.path)?.groups ?? {};
  const operation = `${request.method} ${invalidation === undefined ? 'invalidations' : 'one'}`;
  if (distribution === '' || !['POST invalidations', 'GET one'].includes(operation))
    return refusal(400, 'UnsupportedOperation', `${request.method} ${request.path} is not known here`);
  const invalidations = distributions.get(distribution);
  if (invalidations === undefined)
    return refusal(404, 'NoSuchDistribution', `The specified distribution does not exist: ${distribution}`);
  if (invalidation === undefined) return create(request, invalidations);
  const found = invalidations.find(invalidation);
  if (found === undefined)
    return refusal(404, 'NoSuchInvalidation', `The specified invalidation does not exist: ${invalidation}`);
  return { status: 200, body: bodyOf(found) };
}

function create({ path, body }: ProtocolRequest, invalidations: Invalidations): ProtocolAnswer {
  const { data, error } = createRequest.safeParse(parsedXml(body));
  if (error) return refusal(400, 'InvalidArgument', z.prettifyError(error));
  const { CallerReference: callerReference, Paths: paths } = data.InvalidationBatch;
  const items = paths.Items.Path;
  if (items.length !== paths.Quantity)
    return refusal(400, 'InconsistentQuantities', `Quantity is ${paths.Quantity}, the items are ${items.length}`);
  if (items.length > maxItems) return refusal(413, 'BatchTooLarge', `A batch has at most ${maxItems} items`);
  const named = [];
  for (const text of items) {
    const item = invalidationItem(text);
    if (item === undefined) return refusal(400, 'InvalidArgument', `Neither a path nor a tag: ${JSON.stringify(text)}`);
    named.push(item);
  }
  const created = invalidations.create({ callerReference, items }, named);
  if (created === undefined)
    return refusal(400, 'InvalidationBatchAlreadyExists', `The reference stands for other items: ${callerReference}`);
  return { status: 201, headers: { location: `${path}/${created.id}` }, body: bodyOf(created) };
}

const bodyOf = ({ id, createdAt, callerReference, items }: Invalidation): string =>
  xmlDocument('Invalidation', {
    Id: id,
    Status: 'Completed',
    CreateTime: createdAt.toISOString(),
    InvalidationBatch: {
      Paths: { Quantity: items.length, Items: { Path: items } },
      CallerReference: callerReference,
    },
  });

const refusal = (status: number, code: string, message: string): ProtocolAnswer => ({
  status,
  body: xmlDocument('ErrorResponse', {
    Error: { Type: 'Sender', Code: code, Message: message },
    RequestId: randomUUID(),
  }),
});
