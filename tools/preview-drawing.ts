import * as echarts from 'echarts';
import { Line, linesOf, POINTS, SHOWN } from './preview-data';

/** The font with which texts are measured. */
export const FONT = 'DejaVu Sans';

const UNIT = 60;
const GAP = 8;
const PADDING = 12;
const COLORS = ['#1f77b4', '#ff7f0e', '#2ca02c', '#9467bd', '#17becf', '#8c564b'];
const BANNER = 34;
const LINK = /\[([^\]]+)\]\([^)]+\)/g;
const EMPHASIS = /\*\*|`/g;

/** The number with which ids inside the picture begin. */
let chartNumber = 0;

/** The alarms that fire with the made-up data. */
const FIRING = ['ConcurrencyThrottles', 'FunctionsNeedTuning'];

/** Draws the body of a dashboard as one SVG. */
export function drawDashboard({ widgets }: any): string {
  chartNumber = 0;
  const width = 24 * UNIT;
  const height = BANNER + UNIT * Math.max(...widgets.map((widget: any) => widget.y + widget.height));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}, sans-serif">`,
    rect(0, 0, width, height, '#f2f3f3'),
    text(PADDING, 22, 'Preview drawn from the synthesised dashboard. All data is made up.', { size: 13, color: '#8d6605', bold: true }),
    ...widgets.map(drawWidget),
    '</svg>',
  ].join('\n');
}

/** The functions that draw each kind of widget. */
const INSIDES: Record<string, (properties: any, width: number, height: number) => string> = {
  text: drawText, alarm: drawAlarms, metric: drawMetrics, log: drawLog,
};

function drawWidget(widget: any): string {
  const [x, y] = [widget.x * UNIT + GAP / 2, BANNER + widget.y * UNIT + GAP / 2];
  const [width, height] = [widget.width * UNIT - GAP, widget.height * UNIT - GAP];
  const title = widget.properties.title;
  return [
    `<svg x="${x}" y="${y}" width="${width}" height="${height}">`,
    rect(0, 0, width, height, '#ffffff', 6),
    title ? text(PADDING, 22, title, { size: 13, bold: true }) : '',
    INSIDES[widget.type](widget.properties, width, height),
    '</svg>',
  ].join('\n');
}

/** Draws the Markdown that our dashboards use: headings, one table, and lines with links. */
function drawText({ markdown }: any, width: number): string {
  let y = 8;
  const all = (markdown as string).split('\n');
  return all.filter((line) => line !== '' && !/^\| ---/.test(line)).map((line) => {
    const heading = /^(#+) (.*)/.exec(line);
    y += heading ? 24 : 28;
    if (heading) return text(PADDING, y, heading[2], { size: heading[1].length === 2 ? 20 : 16, bold: true });
    const [, name, rest] = /^\*\*(.+?)\*\*(.*)$/.exec(line) ?? [];
    if (name) {
      const details = text(PADDING + textWidth(name, 14, true), y, rest.replace(LINK, '$1').replace(EMPHASIS, ''), { size: 13, color: '#5f6b7a' });
      return text(PADDING, y, name, { size: 14, bold: true }) + details;
    }
    if (!line.startsWith('|')) return text(PADDING, y, line.replace(LINK, '$1').replace(EMPHASIS, ''), { size: 13, color: line.includes('](') ? '#0972d3' : '#5f6b7a' });
    const cells = line.split('|').slice(1, -1).map((cell) => cell.trim());
    const isHead = /^\| ---/.test(all[all.indexOf(line) + 1] ?? '');
    return cells.map((cell, i) => text(PADDING + i * (width / cells.length), y, cell, { size: 13, bold: isHead })).join('\n');
  }).join('\n');
}

function drawAlarms({ alarms, sortBy }: any, width: number): string {
  const columns = 6;
  const cell = (width - 2 * PADDING) / columns;
  const sorted = sortBy ? [...alarms].sort((a, b) => Number(FIRING.includes(b)) - Number(FIRING.includes(a))) : alarms;
  return sorted.map((alarm: string, i: number) => {
    const [x, y] = [PADDING + (i % columns) * cell, 36 + Math.floor(i / columns) * 44];
    const fires = FIRING.includes(alarm);
    return [
      rect(x, y, cell - 8, 36, fires ? '#fdf3f1' : '#f2f8f0', 4),
      `<circle cx="${x + 14}" cy="${y + 18}" r="5" fill="${fires ? '#d91515' : '#037f0c'}"/>`,
      text(x + 26, y + 22, alarm, { size: 12, bold: fires }),
    ].join('\n');
  }).join('\n');
}

function drawMetrics(properties: any, width: number, height: number): string {
  const lines = linesOf(properties.metrics).map((line) => ({ ...line, values: line.values.slice(-SHOWN) }));
  if (properties.view === 'singleValue') return drawFigure(lines[0], width, height);
  if (properties.view === 'gauge') return drawGauge(lines[0], properties, width, height);
  if (properties.view === 'table') return drawTable(lines, properties, width);
  return drawGraph(lines, properties, width, height);
}

function drawFigure({ values, label, color = COLORS[0] }: Line, width: number, height: number): string {
  const [low, high] = [Math.min(...known(values)), Math.max(...known(values))];
  const step = (width - 2 * PADDING) / (values.length - 1);
  const points = values.map((value, i) => `${(PADDING + i * step).toFixed(1)},${(height - 16 - 50 * ((value ?? low) - low) / (high - low || 1)).toFixed(1)}`);
  return [
    text(PADDING, 78, figure(last(values)), { size: 34 }),
    text(PADDING, 104, label, { size: 12, color: '#5f6b7a' }),
    `<polyline points="${points.join(' ')}" fill="none" stroke="${color}" stroke-width="1.5"/>`,
  ].join('\n');
}

function drawGauge({ values }: Line, { annotations, yAxis }: any, width: number, height: number): string {
  const [center, middle, radius] = [width / 2, height - 54, Math.min(width / 2 - 30, height - 110)];
  const at = (value: number) => {
    const angle = Math.PI * (1 - value / yAxis.left.max);
    return `${(center + radius * Math.cos(angle)).toFixed(1)} ${(middle - radius * Math.sin(angle)).toFixed(1)}`;
  };
  const arc = (from: number, to: number, color: string) => `<path d="M ${at(from)} A ${radius} ${radius} 0 0 1 ${at(to)}" fill="none" stroke="${color}" stroke-width="16"/>`;
  const value = last(values);
  const bands: number[] = (annotations?.horizontal ?? []).map((line: any) => line.value);
  return [
    arc(0, yAxis.left.max, '#e9ebed'),
    arc(0, Math.min(value, yAxis.left.max), COLORS[2]),
    ...bands.map((band) => arc(band, Math.min(band + 1.2, yAxis.left.max), '#d62728')),
    text(center, middle - 6, figure(value), { size: 26, anchor: 'middle' }),
    legend([...bands].map((band) => ({ label: `alarm > ${band} %`, color: '#d62728', dashed: true })), width, height),
  ].join('\n');
}

const SUMMARIES: Record<string, [string, (values: number[]) => number]> = {
  MIN: ['lowest', (values) => Math.min(...values)],
  AVG: ['average', (values) => values.reduce((sum, value) => sum + value, 0) / values.length],
  MAX: ['highest', (values) => Math.max(...values)],
};

/** Draws a table with a row for each line and its summaries. */
function drawTable(lines: Line[], { table }: any, width: number): string {
  const columns: string[] = table.summaryColumns;
  const at = (column: number) => width * (0.55 + 0.4 * (column + 1) / columns.length);
  const cells = (y: number, label: string, values: string[], bold: boolean) => [
    text(PADDING, y, label, { size: 12, bold }),
    ...values.map((value, i) => text(at(i), y, value, { size: 12, bold, anchor: 'end' })),
  ];
  return [
    ...cells(54, 'Type', columns.map((column) => SUMMARIES[column][0]), true),
    ...lines.flatMap(({ label, values }, i) => [
      rect(PADDING, 64 + i * 26, width - 2 * PADDING, 1, '#e9ebed'),
      ...cells(82 + i * 26, label, columns.map((column) => figure(SUMMARIES[column][1](known(values)))), false),
    ]),
  ].join('\n');
}

interface Entry {
  readonly label: string;
  readonly color: string;
  readonly dashed: boolean;
}

function drawGraph(lines: Line[], { stacked, annotations, yAxis, bars }: any, width: number, height: number): string {
  const marks: any[] = annotations?.horizontal ?? [];
  const colored = lines.map((line, i) => ({ ...line, color: line.color ?? COLORS[i % COLORS.length] }));
  const entries: Entry[] = [
    ...colored.map(({ label, color }) => ({ label, color, dashed: false })),
    ...marks.map(({ label, color }) => ({ label, color: color ?? '#7f7f7f', dashed: true })),
  ];
  const legendHeight = 18 * legendRows(entries, width).length;
  const hasRight = lines.some(({ right }) => right);
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height: height - 30 - legendHeight });
  const stack = () => colored[0].values.map((_, i) => colored.reduce((sum, { values }) => sum + (values[i] ?? 0), 0));
  const top = (right: boolean) => Math.max(
    ...marks.filter((mark) => (mark.yAxis === 'right') === right).map(({ value }) => value),
    ...stacked ? stack() : colored.filter((line) => line.right === right).flatMap(({ values }) => known(values)),
    1,
  );
  const axis = (right: boolean) => ({
    type: 'value' as const,
    position: right ? 'right' as const : 'left' as const,
    ...scaleOf(right ? yAxis?.right?.min : yAxis?.left?.min, top(right)),
    splitLine: { show: !right },
    axisLabel: { fontSize: 10, formatter: (value: number) => figure(value) },
  });
  chart.setOption({
    animation: false,
    grid: { left: 44, right: hasRight ? 44 : 16, top: 8, bottom: 22 },
    xAxis: { type: 'category', data: times(), axisLabel: { fontSize: 10, interval: 11 }, axisTick: { show: false }, boundaryGap: false },
    yAxis: hasRight ? [axis(false), axis(true)] : [axis(false)],
    series: colored.map(({ label, values, color, right }, i) => ({
      name: label,
      type: bars ? 'bar' : 'line',
      data: values.map((value) => (bars ? value || null : value ?? null)),
      symbol: 'none',
      // In a stacked graph, an empty line would cover the line below it.
      lineStyle: { width: stacked && known(values).every((value) => value === 0) ? 0 : 1.5, color },
      itemStyle: { color },
      yAxisIndex: right ? 1 : 0,
      ...stacked && { stack: 'all', areaStyle: { color, opacity: 0.4 } },
      ...{ markLine: markLine(marks.filter((mark) => (mark.yAxis === 'right') === right && colored.findIndex((line) => line.right === right) === i)) },
    })),
  });
  // The parts that react to the pointer, and the parts that differ between runs, are removed.
  const svg = chart.renderToSVGString()
    .replace(/<style[\s\S]*?<\/style>| (class|ecmeta_\w+|xmlns:xlink|baseProfile|version)="[^"]*"/g, '')
    .replace(/zr\d+-/g, `chart${chartNumber}-`)
    .replace('<svg ', '<svg x="0" y="30" ');
  chartNumber++;
  chart.dispose();
  return [svg, legend(entries, width, height)].join('\n');
}

function markLine(marks: any[]): any {
  return {
    silent: true,
    symbol: 'none',
    label: { show: false },
    data: marks.map(({ value, color }) => ({ yAxis: value, lineStyle: { color: color ?? '#7f7f7f', type: 'dashed', width: 1.2 } })),
  };
}

/** Returns a scale from 0 in four steps, or one that also reaches half as far below 0. */
function scaleOf(min: number | undefined, top: number): object {
  const max = niceTop(top);
  return min === 0 ? { min, max, interval: max / 4 } : { min: -max / 2, max, interval: max / 2 };
}

function niceTop(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  return [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 4.8, 6, 8, 10, 12].map((factor) => factor * unit).find((nice) => nice >= value * 1.02)!;
}

/** Draws made-up log entries. */
function drawLog({ view }: any, width: number, height: number): string {
  if (view === 'bar') {
    const launches = Array.from({ length: SHOWN }, (_, i) => (i > 31 ? 1 : 0));
    return drawGraph([
      { label: 'launched', values: launches, right: false },
      { label: 'terminated', values: launches.map((_, i) => (i === 9 ? 1 : 0)), right: false },
      { label: 'warnings', values: launches.map(() => 0), right: false, color: '#d62728' },
    ], { yAxis: { left: { min: 0 } }, bars: true }, width, height);
  }
  return text(PADDING, 60, 'No warnings in these three hours.', { size: 12, color: '#5f6b7a' });
}

function legendRows(entries: Entry[], width: number): Entry[][] {
  const rows: Entry[][] = [[]];
  let used = PADDING;
  for (const entry of entries) {
    const needed = 32 + textWidth(entry.label, 11);
    if (used + needed > width && rows[rows.length - 1].length > 0) {
      rows.push([]);
      used = PADDING;
    }
    rows[rows.length - 1].push(entry);
    used += needed;
  }
  return rows;
}

function legend(entries: Entry[], width: number, height: number): string {
  const rows = legendRows(entries, width);
  return rows.flatMap((row, r) => {
    const y = height - 8 - 18 * (rows.length - 1 - r);
    let x = PADDING;
    return row.map(({ label, color, dashed }) => {
      const drawn = [
        `<line x1="${x}" y1="${y - 4}" x2="${x + 14}" y2="${y - 4}" stroke="${color}" stroke-width="2"${dashed ? ' stroke-dasharray="3 2"' : ''}/>`,
        text(x + 19, y, label, { size: 11, color: '#5f6b7a' }),
      ].join('\n');
      x += 32 + textWidth(label, 11);
      return drawn;
    });
  }).join('\n');
}

interface TextStyle {
  readonly size: number;
  readonly color?: string;
  readonly bold?: boolean;
  readonly anchor?: string;
}

function text(x: number, y: number, content: string, { size, color = '#16191f', bold = false, anchor }: TextStyle): string {
  const escaped = content.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return `<text x="${x.toFixed(1)}" y="${y}" font-size="${size}" fill="${color}"${bold ? ' font-weight="bold"' : ''}${anchor ? ` text-anchor="${anchor}"` : ''}>${escaped}</text>`;
}

/** Returns the approximate width of a text in DejaVu Sans, rather too wide than too narrow. */
export function textWidth(content: string, size: number, bold: boolean = false): number {
  return content.length * size * (bold ? 0.69 : 0.61);
}

function rect(x: number, y: number, width: number, height: number, fill: string, radius: number = 0): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"/>`;
}

function times(): string[] {
  const clock = (i: number) => `${String(8 + Math.floor(i / 12)).padStart(2, '0')}:${String((i % 12) * 5).padStart(2, '0')}`;
  return Array.from({ length: SHOWN }, (_, i) => clock(POINTS - SHOWN + i));
}

function known(values: (number | undefined)[]): number[] {
  return values.filter((value): value is number => value !== undefined);
}

function last(values: (number | undefined)[]): number {
  return known(values).slice(-1)[0];
}

function figure(value: number): string {
  if (Math.abs(value) >= 10_000) return `${Math.round(value / 100) / 10}k`;
  return String(Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 100) / 100);
}
