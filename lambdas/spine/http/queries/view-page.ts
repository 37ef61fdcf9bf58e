// A page of views in their table's order. A page never cuts a view in two, however many streams it has.
import { endOfView } from '../../aws/dynamodb/read-table.ts';
import { categoriesOf, type Row } from '../../kernel/projections/projection.ts';
import type { Position } from '../../kernel/projections/read-table.ts';
import { composeView, type View } from '../../kernel/projections/view.ts';
import { inCurrentGeneration, isFolded } from './read-model.ts';
import type { ViewModel } from './views.ts';

export interface ViewPage<Shown> {
  readonly views: readonly View<Shown>[];
  /** None was left out because only newer code can read it. */
  readonly isWhole: boolean;
  /** Key of the view that the page ended with; absent on the last page. */
  readonly end?: string;
}

/** How many rows a page goes through beyond its first scan, where views have many streams. */
export const ROWS_READ_FOR_LARGE_VIEWS = 1_000;

/**
 * As many views as the limit, or fewer where they are large: two scans at most, and a `Query` for a view that is larger than both.
 * @param after key of the view that the page before ended with
 */
export async function pageOfViews<Own, Other, Shown>(
  model: ViewModel<Own, Other, Shown>,
  limit: number,
  after: string | undefined,
): Promise<ViewPage<Shown>> {
  const { found, hasMore } = await findViews(model, limit, after);
  const onPage = found.slice(0, limit).map(([key, rows]) => ({
    key,
    standing: rows.filter(({ stream }) => isFolded(model, stream)),
  }));
  const { rows, isWhole } = await inCurrentGeneration(
    model,
    onPage.flatMap(({ standing }) => standing),
  );
  const current = Map.groupBy(rows, ({ stream }) => model.projection.viewKey(stream));
  const views = onPage
    .map(({ key, standing }) => ({ key, standing, rows: current.get(key) ?? [] }))
    .filter(({ standing, rows }) => rows.length === standing.length)
    .map(({ key, rows }) => composeView(model.projection, key, rows))
    .filter((view) => view !== undefined);
  const end = hasMore || found.length > limit ? onPage.at(-1)?.key : undefined;
  return { views, isWhole, ...(end !== undefined && { end }) };
}

type FoundView<Part> = readonly [key: string, rows: readonly Row<Part>[]];

async function findViews<Own, Other, Shown>(
  { projection, table }: ViewModel<Own, Other, Shown>,
  limit: number,
  after: string | undefined,
): Promise<{ readonly found: readonly FoundView<Own | Other>[]; readonly hasMore: boolean }> {
  const rows: Row<Own | Other>[] = [];
  let found: FoundView<Own | Other>[] = [];
  let position: Position | undefined = after === undefined ? undefined : endOfView(after);
  for (const most of [limit * categoriesOf(projection).length + 1, ROWS_READ_FOR_LARGE_VIEWS]) {
    const page = await table.scan({ limit: most, after: position });
    rows.push(...page.rows);
    position = page.end;
    found = [...Map.groupBy(rows, ({ stream }) => projection.viewKey(stream))];
    if (!position || found.length > limit) break;
  }
  if (!position) return { found, hasMore: false };
  const [cut] = found.splice(-1);
  if (cut && found.length === 0) found.push([cut[0], await table.ofView(cut[0])]);
  return { found, hasMore: true };
}
