// Draws `docs/dashboard.png`. The rasteriser and its font are fetched for this one run, so that nobody's `npm install` carries them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { dashboardOf } from './definition.ts';
import { withDefinition } from './png.ts';
import { dashboardSvg, definitionHash } from './svg.ts';

export const PICTURE = 'docs/dashboard.png';

const FETCHED = { '@resvg/resvg-js': '2.6.2', 'dejavu-fonts-ttf': '2.37.3' };

interface Rasteriser {
  readonly Resvg: new (svg: string, options: object) => { render(): { asPng(): Buffer } };
}

export async function drawDashboard(folder: string): Promise<void> {
  const widgets = await dashboardOf(folder);
  const tools = mkdtempSync(join(tmpdir(), 'dashboard-'));
  try {
    const packages = Object.entries(FETCHED).map(([name, version]) => `${name}@${version}`);
    execFileSync('npm', ['install', '--silent', '--no-save', '--ignore-scripts', '--prefix', tools, ...packages]);
    const [rasteriser = '', fontPackage = ''] = Object.keys(FETCHED);
    const fetched = createRequire(join(tools, 'index.js'));
    const { Resvg } = fetched(rasteriser) as Rasteriser;
    const fonts = join(dirname(fetched.resolve(`${fontPackage}/package.json`)), 'ttf');
    const font = {
      loadSystemFonts: false,
      fontFiles: ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) => join(fonts, file)),
    };
    const png = new Resvg(dashboardSvg(widgets), { font }).render().asPng();
    writeFileSync(PICTURE, withDefinition(png, definitionHash(widgets)));
  } finally {
    rmSync(tools, { recursive: true });
  }
}
