/** Draws costs over the load as SVG when the page is written, so that the page carries no chart code. */
import { init } from 'echarts';
import { CostCurve } from './cost-curve';

const [WIDTH, HEIGHT] = [560, 300];

/** Placeholders for the colours of the page, which has a light and a dark version. */
const COLOURS = { managed: '#010203', standard: '#010204', text: '#010205', grid: '#010206', mark: '#010207', area: '#010208' };

/** Draws an SVG that takes its colours from the page. */
export function drawCurve({ points, load, breakEven, architecture }: CostCurve): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  const line = (name: string, color: string, of: (point: typeof points[number]) => number | undefined, more: object = {}) => ({
    type: 'line', name, showSymbol: false, color, lineStyle: { color, width: 2 }, data: points.map((point) => [point.concurrency, of(point) ?? null]), ...more,
  });
  const mark = (at: number | undefined, text: string, position: string) => (at === undefined ? [] : [{
    xAxis: at, label: { formatter: text, position, color: COLOURS.text }, lineStyle: { color: COLOURS.mark },
  }]);
  const label = (formatter: string) => ({ endLabel: { show: true, formatter, color: COLOURS.text, offset: [-4, -8], align: 'right' } });
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: 'inherit', fontSize: 12, color: COLOURS.text },
    grid: { left: 64, right: 24, top: 40, bottom: 48 },
    xAxis: {
      type: 'value',
      name: 'requests at once, on average',
      nameLocation: 'middle',
      nameGap: 30,
      max: points[points.length - 1].concurrency,
      ...axisColours(),
      axisLabel: { color: COLOURS.text, hideOverlap: true, showMaxLabel: false },
    },
    yAxis: { type: 'value', ...axisColours(), axisLabel: { color: COLOURS.text, formatter: (value: number) => `$${value.toLocaleString('en-US')}` } },
    series: [
      line('lowest', COLOURS.managed, ({ lowest }) => lowest, { stack: 'range' }),
      line('between', COLOURS.managed, ({ lowest, highest }) => (lowest === undefined || highest === undefined ? undefined : highest - lowest), {
        stack: 'range', areaStyle: { color: COLOURS.area, opacity: 1 },
      }),
      line('this fleet', COLOURS.managed, ({ highest }) => highest, label('this fleet')),
      line('standard Lambda', COLOURS.standard, ({ standard }) => standard, {
        ...label(`standard Lambda, ${architecture}`),
        lineStyle: { color: COLOURS.standard, width: 2, type: 'dashed' },
        markLine: {
          silent: true,
          symbol: 'none',
          data: [...mark(breakEven.highest ?? breakEven.lowest, 'break-even', 'end'), ...mark(load, 'your load', 'insideStartTop')],
        },
      }),
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return followingThePage(svg);
}

function axisColours() {
  return {
    nameTextStyle: { color: COLOURS.text },
    axisLine: { show: true, lineStyle: { color: COLOURS.grid } },
    axisTick: { lineStyle: { color: COLOURS.grid } },
    splitLine: { lineStyle: { color: COLOURS.grid } },
  };
}

/** Makes a drawing use the page's colour variables and the available width. */
function followingThePage(svg: string): string {
  const coloured = Object.entries(COLOURS).reduce((text, [name, colour]) => text.replaceAll(colour, `var(--curve-${name})`), svg);
  return coloured.replace(/<svg width="\d+" height="\d+"/, '<svg').replace(/ style="[^"]*user-select[^"]*"/, '');
}
