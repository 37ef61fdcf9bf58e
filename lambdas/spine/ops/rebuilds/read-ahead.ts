// The slices of a segment, in the order of its scan. A page is read while the one before is written.
import type { EventScan, ScannedPage, ScanPosition, ScanRequest } from '../../kernel/sweep/event-scan.ts';
import { type Slice, slicesOf } from '../../kernel/sweep/slices.ts';

/** Streams that are written between two looks at the clock and the pace. */
const STREAMS_OF_A_SLICE = 256;

export interface PlacedSlice extends Slice {
  readonly endsPage: boolean;
}

/** @param hasTime whether anybody would come to another page */
export async function* slicesFrom(
  scan: EventScan,
  request: ScanRequest,
  hasTime: () => boolean,
): AsyncGenerator<PlacedSlice, void> {
  const read = (after: ScanPosition | undefined): Promise<ScannedPage> => {
    const page = scan.page({ ...request, after });
    page.catch(() => undefined);
    return page;
  };
  let next: Promise<ScannedPage> | undefined;
  let { after } = request;
  do {
    const page: ScannedPage = await (next ?? read(after));
    after = page.end;
    next = after && hasTime() ? read(after) : undefined;
    for (const slice of slicesOf(page, STREAMS_OF_A_SLICE)) yield { ...slice, endsPage: slice.end === after };
  } while (after);
}
