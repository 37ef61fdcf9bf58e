import { type EdgeCache, MAX_TAGS_PER_CALL } from '../aws/cloudfront/edge-cache.ts';
import { logger } from '../runtime/logger.ts';

/** Invalidates the tags in as few calls as possible, up to the first that is refused: the next would be refused too. */
export async function callEdge(
  edge: EdgeCache,
  tags: readonly string[],
): Promise<{ readonly calls: number; readonly invalidated: ReadonlySet<string> }> {
  const invalidated = new Set<string>();
  let calls = 0;
  for (let start = 0; start < tags.length; start += MAX_TAGS_PER_CALL) {
    const ofCall = tags.slice(start, start + MAX_TAGS_PER_CALL);
    const result = await edge.invalidate(ofCall);
    if (result.kind === 'refused') {
      const { code } = result;
      logger.warn('An invalidation was refused and will be tried again', { code, tags: tags.length - start });
      break;
    }
    calls += 1;
    for (const tag of ofCall) invalidated.add(tag);
  }
  return { calls, invalidated };
}
