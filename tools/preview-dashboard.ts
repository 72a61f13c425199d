import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-js';
import { drawDashboard, FONT } from './preview-drawing';
import { exampleBody, topOf } from './preview-example';

/**
 * Draws the dashboard of `examples/dashboard` as CloudWatch would show it, from the body that it synthesises and with made-up
 * data: `docs/dashboard.svg`, its upper part for the README, and `docs/dashboard.png` for viewing (not committed). It needs no AWS account and no
 * network. The pictures are the same on every machine, and a test compares them. Only the PNG needs the font.
 */
if (!hasFont()) {
  console.error(`The preview needs the font ${FONT}, with which it measures text: apt-get install -y fontconfig fonts-dejavu-core`);
  process.exit(1);
}

const body = exampleBody();
const svg = drawDashboard(body);
mkdirSync('docs', { recursive: true });
writeFileSync('docs/dashboard.svg', svg);
writeFileSync('docs/dashboard-top.svg', drawDashboard(topOf(body)));
writeFileSync('docs/dashboard.png', new Resvg(svg, { font: { loadSystemFonts: true, defaultFontFamily: FONT } }).render().asPng());
console.log('docs/dashboard.svg, docs/dashboard-top.svg and docs/dashboard.png are drawn, with made-up data.');

function hasFont(): boolean {
  try {
    return execFileSync('fc-list', [FONT], { encoding: 'utf-8' }).trim() !== '';
  } catch {
    return false;
  }
}
