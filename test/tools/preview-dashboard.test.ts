import { readFileSync } from 'node:fs';
import { AlarmLevel, AlarmThreshold, ManagedInstances } from '../../src';
import { drawDashboard, textWidth } from '../../tools/preview-drawing';
import { exampleBody, topOf } from '../../tools/preview-example';
import { bodyOf } from '../monitoring/body';
import { lint } from '../monitoring/dashboard-linter';
import { COST, PLAN, shownWith } from '../monitoring/shown-with';
import { testFunction, testStack } from '../util';

interface Box {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** How wide the widget is that holds it. */
  readonly frame: { left: number; right: number };
}

const PICTURE = 'docs/dashboard.svg';
const UPPER_PART = 'docs/dashboard-top.svg';

/** The boxes of all texts, where they stand in the whole picture. */
function boxesOf(svg: string): Box[] {
  const frames: { x: number; y: number; width: number }[] = [];
  return [...svg.matchAll(/<svg([^>]*)>|<\/svg>|<text([^>]*)>([^<]*)<\/text>/g)].flatMap(([tag, frame, style, content]) => {
    if (tag === '</svg>') frames.pop();
    if (frame !== undefined) {
      const outer = frames.at(-1) ?? { x: 0, y: 0 };
      frames.push({ x: outer.x + number(frame, ' x'), y: outer.y + number(frame, ' y'), width: number(frame, ' width') });
    }
    return style === undefined ? [] : [boxOf(style, content, frames)];
  });
}

function boxOf(style: string, content: string, frames: { x: number; y: number; width: number }[]): Box {
  const { x, y, width: frameWidth } = frames.at(-1)!;
  const text = content.replace('&lt;', '<').replace('&gt;', '>').replace('&amp;', '&');
  const size = Number(/font-size[:=]"?([\d.]+)/.exec(style)?.[1] ?? 12);
  const [, moveX = '0', moveY = '0'] = /translate\(([-\d.]+)[ ,]([-\d.]+)\)/.exec(style) ?? [];
  const width = textWidth(text, size, style.includes('font-weight="bold"')) * 0.95; // the widths are on the wide side
  const begin = x + number(style, ' x') + Number(moveX);
  const anchor = /text-anchor="(\w+)"/.exec(style)?.[1];
  const left = begin - ({ middle: width / 2, end: width }[anchor ?? ''] ?? 0);
  const baseline = y + number(style, ' y') + Number(moveY);
  return { text, left, right: left + width, top: baseline - size * 0.75, bottom: baseline + size * 0.2, frame: { left: x, right: x + frameWidth } };
}

function number(attributes: string, name: string): number {
  return Number(new RegExp(`${name}="([-\\d.]+)"`).exec(attributes)?.[1] ?? 0);
}

function collisions(boxes: Box[]): string[] {
  return boxes.flatMap((a, i) => boxes.slice(i + 1)
    .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
    .map((b) => `${a.text} × ${b.text}`));
}

describe('the picture of the dashboard', () => {
  const svg = readFileSync(PICTURE, 'utf-8');
  const boxes = boxesOf(svg);

  test('has no text over another', () => {
    expect(boxes.length).toBeGreaterThan(200);
    expect(collisions(boxes)).toEqual([]);
  });

  test('cuts no text', () => {
    expect(boxes.filter(({ left, right, frame }) => left < frame.left - 1 || right > frame.right + 1).map(({ text }) => text)).toEqual([]);
  });

  test('says that its data is made up', () => {
    expect(boxes[0].text).toContain('All data is made up');
  });

  test('answers in the first screen whether something is wrong', () => {
    const firstScreen = boxes.filter(({ bottom }) => bottom < 900).map(({ text }) => text);

    expect(firstScreen).toEqual(expect.arrayContaining([
      'Alarms', 'FunctionsNeedTuning', 'Throttled %', 'Failed %',
    ]));
  });

  test('is that of the example as it is: `npm run preview` draws it anew', () => {
    // Line by line, so that a difference can be read.
    expect(svg.split('\n')).toEqual(drawDashboard(exampleBody()).split('\n'));
  });

  test('has an upper part for the README, which shows why requests are throttled', () => {
    const upper = readFileSync(UPPER_PART, 'utf-8');
    const texts = boxesOf(upper).map(({ text }) => text);

    expect(upper.split('\n')).toEqual(drawDashboard(topOf(exampleBody())).split('\n'));
    expect(texts).toEqual(expect.arrayContaining(['Preview drawn from the synthesised dashboard. All data is made up.', 'Alarms', 'Throttles by reason']));
    expect(texts).not.toContain('How full instances are, %');
  });

  test('has one colour for throttles and one for failures, wherever they are', () => {
    const colorsIn = (widgets: any[]) => widgets.flatMap(({ properties: { metrics = [] } }) => metrics.map((row: any[]) => row.at(-1)))
      .filter(({ visible, label }: any) => visible !== false && /^(throttle|error)/.test(label));
    const all = colorsIn(exampleBody().widgets);

    expect(all).toHaveLength(6);
    ['throttle', 'error'].forEach((what) => expect(new Set(all.filter(({ label }: any) => label.startsWith(what)).map(({ color }: any) => color)).size).toBe(1));
  });

  test('says what a number is', () => {
    const texts = boxes.map(({ text }) => text);

    expect(texts).toEqual(expect.arrayContaining(['requests/s', 'throttled %', 'errors %', 'p99 ms', '≈ environments']));
    expect(texts).not.toContain('p99');
  });
});

test('finds texts that stand over each other, and texts that are cut', () => {
  const boxes = boxesOf('<svg width="60"><text x="0" y="20" font-size="12">longer than its frame</text><text x="20" y="22" font-size="12">over it</text></svg>');

  expect(collisions(boxes)).toEqual(['longer than its frame × over it']);
  expect(boxes[0].right).toBeGreaterThan(60);
});

test('the same body gives the same picture', () => {
  const body = exampleBody();

  expect(drawDashboard(body)).toBe(drawDashboard(body));
});

test('a plan, costs, and what alarms on launches show can be read as well', () => {
  const stack = testStack();
  const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64 });
  fleet.addFunction(testFunction(stack));
  fleet.addDashboard('Dashboard');
  fleet.addAlarms('Alarms', {
    level: AlarmLevel.FULL, instanceChurn: AlarmThreshold.above(2), underUtilised: AlarmThreshold.below(20), instanceTypes: ['c7g.xlarge'],
  });

  const named = JSON.parse(JSON.stringify(bodyOf(stack)).replace(/<FleetAlarms(\w+?)[0-9A-F]{8},Arn>/g, '$1'));
  [shownWith({ plan: PLAN, cost: COST }), named].forEach((body) => {
    const boxes = boxesOf(drawDashboard(body));
    expect(collisions(boxes)).toEqual([]);
    expect(boxes.filter(({ left, right, frame }) => left < frame.left - 1 || right > frame.right + 1).map(({ text }) => text)).toEqual([]);
  });
});

test('the example passes the linter', () => {
  expect(lint(exampleBody())).toEqual([]);
});
