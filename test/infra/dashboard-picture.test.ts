// docs/dashboard.png is drawn from the dashboard as it is defined now.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { dashboardOf } from '../../lib/dashboard-picture/definition.ts';
import { PICTURE } from '../../lib/dashboard-picture/draw.ts';
import { definitionIn } from '../../lib/dashboard-picture/png.ts';
import { dashboardSvg, definitionHash } from '../../lib/dashboard-picture/svg.ts';

it('the picture belongs to the current definition; `npm run dashboard-picture` draws it anew', async () => {
  const widgets = await dashboardOf('lib/shop');
  expect(definitionIn(readFileSync(PICTURE))).toBe(definitionHash(widgets));
  const svg = dashboardSvg(widgets);
  for (const { type, properties } of widgets)
    if (type === 'metric') expect(svg).toContain(`>${properties.title}</text>`);
  expect(dashboardSvg(widgets)).toBe(svg);
});
