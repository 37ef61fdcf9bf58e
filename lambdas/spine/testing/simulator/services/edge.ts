// The edge's cache, as far as it is told what to forget.
import type { EdgeCache } from '../../../aws/cloudfront/edge-cache.ts';
import type { Instance } from '../functions/instance.ts';
import type { World } from '../world/world.ts';

export interface Edge {
  /** When a tag was last invalidated: milliseconds since 1970, by tag. */
  readonly forgotten: ReadonlyMap<string, number>;
  portOf(instance: Instance): EdgeCache;
}

const service = 'the edge';

export function edge(world: World): Edge {
  const forgotten = new Map<string, number>();
  return {
    forgotten,
    portOf: ({ call }) => ({
      async invalidate(tags) {
        try {
          return await call(`invalidate ${tags.length} tags`, { service, isRepeated: false }, () => {
            for (const tag of tags) forgotten.set(tag, world.time.now());
            return { kind: 'created' } as const;
          });
        } catch (error) {
          if (error instanceof Error && error.name === 'ThrottlingException')
            return { kind: 'refused', code: error.name };
          throw error;
        }
      },
    }),
  };
}
