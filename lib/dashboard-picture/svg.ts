// Draws a dashboard as SVG, its lines with sample figures: the same for the same definition. Pure.
import { createHash } from 'node:crypto';
import type { Widget } from './definition.ts';

const CELL = { width: 62, height: 38 };
const COLOURS = ['#1f77b4', '#ff7f0e', '#2ca02c', '#d62728', '#9467bd', '#8c564b', '#e377c2', '#17becf'];
const POINTS = 48;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const text = (x: number, y: number, size: number, content: string, more = ''): string =>
  `<text x="${x}" y="${y}" font-size="${size}" font-family="DejaVu Sans" fill="#16191f" ${more}>${escaped(content)}</text>`;

/** Of a definition: the picture of another has another. */
export const definitionHash = (widgets: readonly Widget[]): string =>
  createHash('sha256').update(JSON.stringify(widgets)).digest('hex');

export function dashboardSvg(widgets: readonly Widget[]): string {
  const width = Math.max(...widgets.map((widget) => widget.x + widget.width)) * CELL.width;
  const height = Math.max(...widgets.map((widget) => widget.y + widget.height)) * CELL.height;
  const drawn = widgets.map((widget) => (widget.type === 'text' ? headingOf(widget) : graphOf(widget)));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#f2f3f3"/>${drawn.join('')}</svg>`;
}

const headingOf = ({ x, y, properties }: Widget): string =>
  text(
    x * CELL.width + 12,
    y * CELL.height + 27,
    19,
    (properties.markdown ?? '').replace(/^#+ /, ''),
    'font-weight="bold"',
  );

function graphOf({ x, y, width, height, properties }: Widget): string {
  const box = {
    left: x * CELL.width + 4,
    top: y * CELL.height + 4,
    width: width * CELL.width - 8,
    height: height * CELL.height - 8,
  };
  const { title = '', yAxis, metrics = [] } = properties;
  const labels = metrics.flatMap((metric) =>
    metric.flatMap((part) => (typeof part === 'object' && part.label ? [part.label] : [])),
  );
  const plot = { left: box.left + 12, top: box.top + 52, width: box.width - 24, height: box.height - 52 - 34 };
  const grid = [0, 1, 2, 3].map((line) => {
    const at = plot.top + (plot.height * line) / 3;
    return `<path d="M${plot.left} ${at.toFixed(1)}h${plot.width}" stroke="#e3e5e8"/>`;
  });
  const lines = labels.map((label, place) => {
    const points = samples(`${title} ${label}`).map((value, index) => {
      const across = plot.left + (plot.width * index) / (POINTS - 1);
      return `${across.toFixed(1)},${(plot.top + plot.height * (1 - value)).toFixed(1)}`;
    });
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${COLOURS[place % COLOURS.length]}" stroke-width="1.6"/>`;
  });
  return [
    `<rect x="${box.left}" y="${box.top}" width="${box.width}" height="${box.height}" rx="4" fill="#fff" stroke="#d5dbdb"/>`,
    text(box.left + 12, box.top + 22, 14, title, 'font-weight="bold"'),
    text(plot.left, plot.top - 8, 10, yAxis?.left?.label ?? ''),
    text(plot.left + plot.width, plot.top - 8, 10, yAxis?.right?.label ?? '', 'text-anchor="end"'),
    ...grid,
    ...lines,
    legendOf(labels, box.left + 12, plot.top + plot.height + 20, plot.width),
  ].join('');
}

/** As many names as there is room for. */
function legendOf(labels: readonly string[], left: number, top: number, room: number): string {
  let at = 0;
  return labels
    .flatMap((label, place) => {
      const needs = 22 + label.length * 6.1;
      if (at + needs > room) return [];
      const x = left + at;
      at += needs;
      const colour = COLOURS[place % COLOURS.length];
      return [
        `<rect x="${x.toFixed(1)}" y="${top - 8}" width="9" height="9" fill="${colour}"/>`,
        text(Math.round(x + 13), top, 10, label),
      ];
    })
    .join('');
}

/** Figures from 0 to 1 that look like traffic, by name. */
function samples(name: string): number[] {
  const bytes = createHash('sha256').update(name).digest();
  const byte = (place: number): number => (bytes[place % bytes.length] ?? 0) / 255;
  const base = 0.12 + byte(0) * 0.5;
  return Array.from({ length: POINTS }, (_, index) => {
    const wave = Math.sin(index / (5 + byte(1) * 8) + byte(2) * 6) * 0.16;
    const noise = (byte(index + 3) - 0.5) * 0.12;
    return Math.min(0.97, Math.max(0.02, base + wave + noise));
  });
}
