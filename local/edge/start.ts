// Puts the template's distribution in front of its API.
import type { LogSink } from '../functions/execution-environment.ts';
import type { Answer } from '../gateway/http-exchange.ts';
import type { Resource } from '../ports.ts';
import type { CloudFront } from '../services/cloudfront/start.ts';
import { distributionOf } from './distribution.ts';
import { Edge } from './edge.ts';

export interface EdgeSurroundings {
  /** The API. Never rejects. */
  readonly origin: Answer;
  readonly cloudfront: Pick<CloudFront, 'distribute'>;
  /** Takes what the distribution's functions write, and why one failed. */
  readonly functionLog: LogSink;
  readonly log: (line: string) => void;
}

/**
 * What viewers reach: the edge, or the API itself for a template without a distribution.
 * @throws Error that names what the local edge does not know
 */
export function startEdge(resources: readonly Resource[], surroundings: EdgeSurroundings): Answer {
  const { origin, cloudfront, functionLog, log } = surroundings;
  const distribution = distributionOf(resources);
  if (distribution === undefined) return origin;
  const edge = new Edge({ distribution, origin, log: functionLog });
  cloudfront.distribute(distribution.id, (items) => edge.invalidate(items));
  log(`Left out at the edge of this machine: ${distribution.leftOut.join(', ')}`);
  return edge.answer;
}
