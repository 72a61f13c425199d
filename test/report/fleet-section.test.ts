/** The section about one fleet as text: pictures, curve, tables and words. `report-page.test.ts` looks at it in a browser. */
import { LoadFacts } from '../../src/planning/function-estimate';
import { UNKNOWN } from '../../src/reading/fact';
import { costCurve } from '../../src/report/cost-curve';
import { drawCurve } from '../../src/report/draw-curve';
import { fleetPicture } from '../../src/report/fleet-picture';
import { fleetSection } from '../../src/report/fleet-section';
import { reportPage } from '../../src/report/page';
import { ShownFleet } from '../../src/report/page-content';
import { PARAMETER, PlannedFleet, planOfTemplate, withDefaults } from '../planning/plan-of-template';

const MONTH = 730 * 3600;

/** The plan of a fleet in a template. */
const planOf = ({ functions, ...fleet }: PlannedFleet) => planOfTemplate({
  types: ['c7g.2xlarge', 'm7g.2xlarge', 'r7g.2xlarge'], ...fleet, functions: withDefaults(functions, { ratio: 2 }),
});

/** So many requests at once, of a second each. */
const load = (functionName: string, atOnce: number, more: Partial<LoadFacts> = {}): LoadFacts => ({
  functionName, architecture: 'arm64', requestsPerMonth: atOnce * MONTH, meanSeconds: 1, standardMemorySize: 1024, ...more,
});

const sectionOf = (given: PlannedFleet, more: Partial<ShownFleet> = {}): string => fleetSection(
  { name: 'Fleet', file: 'a.yaml', line: 7, plan: planOf(given), loads: [], loadsAssumed: false, ...more }, 'fleet-1',
).text.replaceAll('&#39;', '\'');
const withoutCurve = (section: string) => section.replace(/<svg.*<\/svg>/s, '<svg/>');
const ORDERS = { functions: { Orders: { max: 12 } } };

test('states all of a fleet', () => {
  const given = { functions: { Orders: { max: 12 }, Payments: { memory: 8192, ratio: 4, min: 1 }, Idle: { min: 0, max: 0 } } };

  expect(withoutCurve(sectionOf(given, { loads: [load('Orders', 20)] }))).toMatchSnapshot();
});

test('states what is unknown', () => {
  expect(sectionOf({ functions: { Orders: {}, Unknown: { memory: PARAMETER } }, ceiling: PARAMETER }, { line: undefined })).toMatchSnapshot();
});

describe('the pictures', () => {
  const pictures = (given: PlannedFleet) => [...fleetPicture(planOf(given))!.text.matchAll(/<figure(.*?)<\/figure>/gs)].map(([, picture]) => picture);
  const heights = (picture: string) => new Set([...picture.matchAll(/class="environment (\w+)(?: new)?" style="height:([\d.]+)px">([A-Z\d]*)</g)].map(([, ...found]) => found.join(' ')));
  const boxes = (picture: string) => [...picture.matchAll(/data-count="(\d+)"/g)].map(([, count]) => Number(count));

  test.each<[string, string, string[]]>([
    ['small', 'c7g.xlarge', ['free 22', 'c0 44 A', 'reserve 22']],
    ['middle', 'm7g.8xlarge', ['free 172.2', 'c0 11.9', 'reserve 5.9']],
    ['huge', 'm8g.48xlarge', ['free 283.5', 'c0 3', 'reserve 1.5']],
  ])('give a vCPU a height that suits the largest instance: %s', (_, type, expected) => {
    expect([...heights(pictures({ ...ORDERS, types: [type], ceiling: 4000 })[0])].map((one) => one.trim())).toEqual(expected);
  });

  test('write the letter of a function where it fits', () => {
    const lettered = (vCpus: number) => heights(pictures({ types: ['m7g.4xlarge'], functions: { Orders: { memory: vCpus * 2048, max: 3 } } })[0]);

    // A vCPU is 11.875 px high, and a letter takes 13.
    expect([...lettered(1)]).toContain('c0 11.9 ');
    expect([...lettered(2)]).toContain('c0 23.8 A');
  });

  test('draw up to 24 instances one by one, and count equal ones beyond', () => {
    const atMaximum = (max: number) => boxes(pictures({ types: ['m7g.xlarge'], ceiling: 400, functions: { Orders: { memory: 6144, max } } })[2]);

    expect(atMaximum(24)).toEqual(Array(24).fill(1));
    expect(atMaximum(25)).toEqual([25]);
  });

  test('write the number of equal instances only if there are several', () => {
    const functions = { Orders: { memory: 6144, max: 23 }, Payments: { memory: 6144, min: 1, max: 2 }, Invoices: { memory: 6144, min: 1, max: 1 } };
    const atMaximum = pictures({ types: ['m7g.xlarge'], ceiling: 400, functions })[2];

    expect([...atMaximum.matchAll(/<span class="type">(.*?)<\/span>/g)].map(([, type]) => type)).toEqual(['<b>23 ×</b> m7g.xlarge', '<b>2 ×</b> m7g.xlarge', 'm7g.xlarge']);
  });

  test('give a vCPU the same height if nothing is kept', () => {
    const [atRest, , atMaximum] = pictures({ types: ['c7g.xlarge'], functions: { Orders: { min: 0, max: 3 } } });

    expect(atRest).toContain('<strong>At rest</strong> no instance, 0 vCPUs');
    expect([...heights(atMaximum)]).toContain('c0 44 A');
  });

  test('draw what is above the ceiling over its line, and say what is missing', () => {
    const [atRest, deploying] = pictures({ ...ORDERS, ceiling: 24 });

    expect(atRest).toContain('MaxVCpuCount 24: no room for more');
    expect(atRest).not.toContain('above the ceiling');
    expect(deploying).toContain('MaxVCpuCount 24: 8 vCPUs too few');
    expect(boxes(/<ul class="instances above".*?<\/ul>/s.exec(deploying)![0])).toEqual([1]);
  });

  test.each<[number, string]>([
    [6, ''],
    [7, '1 environment has no room under the ceiling.'],
    [8, '2 environments have no room under the ceiling.'],
  ])('say that of at most %d environments some have no room: %s', (max, expected) => {
    const atMaximum = pictures({ types: ['m7g.2xlarge'], ceiling: 24, functions: { Orders: { memory: 6144, max } } })[2];

    expect(/[^>]*no room under the ceiling\./.exec(atMaximum)?.[0] ?? '').toBe(expected);
  });

  test('give functions a colour of eight, and a letter of their own', () => {
    const functions = Object.fromEntries(Array.from({ length: 53 }, (_, i) => [`F${i}`, { memory: 2048, min: 0, max: 1 }]));
    const legend = fleetPicture(planOf({ functions }))!.text.split('class="legend"')[1];
    const entries = [...legend.matchAll(/class="environment (c\d)">(\w+)<\/span> (\w+)/g)].map(([, ...entry]) => entry.join(' '));

    expect([0, 7, 8, 25, 26, 51, 52].map((i) => entries[i])).toEqual(['c0 A F0', 'c7 H F7', 'c0 I F8', 'c1 Z F25', 'c2 A2 F26', 'c3 Z2 F51', 'c4 A3 F52']);
  });

  test('mark the environments of a new version, and the instance for a replacement', () => {
    const deploying = pictures(ORDERS)[1];

    expect(deploying).toMatch(/^ class="moment" data-moment="while-deploying" data-instances="4" data-vcpus="32">\n<figcaption><strong>While Orders is deployed<\/strong> 4 × c7g\.2xlarge, 32 vCPUs/);
    expect(deploying.match(/class="environment c0 new"/g)).toHaveLength(3);
    expect(deploying.match(/class="environment c0"/g)).toHaveLength(3);
    expect([...deploying.matchAll(/class="instance( replacement)?" .*?title="([^"]*)"/g)].map(([, replacement = '', title]) => replacement + title)).toEqual([
      ...Array(3).fill('c7g.2xlarge: 1 × Orders $LATEST.PUBLISHED, 1 × Orders $LATEST.PUBLISHED (new); 3 vCPUs and 7 GB free'),
      ' replacementc7g.2xlarge: ready to replace an instance',
    ]);
  });

  test('share what only the ceiling bounds among the functions', () => {
    const atMaximum = pictures({ types: ['m7g.2xlarge'], ceiling: 24, functions: { Orders: { memory: 2048, min: 1 }, Payments: { memory: 2048, min: 1 } } })[2];

    // 21 environments of 1 vCPU, in turn.
    expect(atMaximum.match(/class="environment c0"/g)!.length + atMaximum.match(/class="environment c1"/g)!.length).toBe(21);
    expect(Math.abs(atMaximum.match(/class="environment c0"/g)!.length - atMaximum.match(/class="environment c1"/g)!.length)).toBeLessThanOrEqual(1);
    expect(atMaximum).not.toMatch(/no room under|class="environment free"/);
  });

  test.each<[string, PlannedFleet, string]>([
    ['no function', { functions: {} }, 'There is no picture: no function is attached.'],
    ['no type that fits', { ...ORDERS, types: ['c7g.large'] }, 'There is no picture: no instance type is known to hold each environment.'],
  ])('are missing with %s', (_, given, expected) => {
    expect(sectionOf(given)).toContain(expected);
  });
});

describe('what was assumed', () => {
  const assumed = (given: PlannedFleet, more: Partial<ShownFleet> = {}) => [...sectionOf(given, more).split('What was assumed')[1].matchAll(/<li>(.*?)<\/li>/g)].map(([, text]) => text);
  const both = { functions: { Orders: {}, Payments: {} } };

  test.each<[string, string[], RegExp | undefined]>([
    ['all functions', [], /^Orders, Payments have no load and are counted at rest\.$/],
    ['one function', ['Orders'], /^Payments has no load and is counted at rest\.$/],
    ['no function', ['Orders', 'Payments'], undefined],
  ])('names those without a load: %s', (_, loaded, expected) => {
    const [first] = assumed(both, { loads: loaded.map((name) => load(name, 1)) });

    if (expected) expect(first).toMatch(expected);
    else expect(first).toMatch(/^Dollars are estimates/);
  });

  test('is a load that isn\'t given, if there is a curve', () => {
    const loads = [load('Orders', 1)];

    expect(assumed(both, { loads, loadsAssumed: true })).toContainEqual(expect.stringMatching(/^No load was given, so the curve assumes/));
    expect(assumed(both, { loads, loadsAssumed: true })).not.toContainEqual(expect.stringMatching(/no load and/));
    expect(assumed(both, { loads: [], loadsAssumed: true })).not.toContainEqual(expect.stringMatching(/^No load was given/));
    expect(assumed(both, { loads })).not.toContainEqual(expect.stringMatching(/^No load was given/));
  });

  test('is a ratio that isn\'t set, and the default of a parameter', () => {
    const ratio = 'Functions without a ratio get AWS\'s 2 GiB per vCPU.';

    expect(assumed({ functions: { Orders: { ratio: undefined } } })).toContain(ratio);
    expect(assumed({ functions: { Orders: {} } })).not.toContain(ratio);
    expect(assumed({ functions: { Orders: { memory: PARAMETER } }, default: 4096 })[0]).toBe('The default of the parameter Unknown.');
  });
});

test('money around the instances is a figure for each kind', () => {
  const more = {
    Vpc: { Type: 'AWS::EC2::VPC' },
    Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' } } },
    Nat: { Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: { Ref: 'Subnet' } } },
    Fleet: { Type: 'AWS::Lambda::CapacityProvider', Properties: { VpcConfig: { SubnetIds: [{ Ref: 'Subnet' }], SecurityGroupIds: ['sg-1'] } } },
  };

  expect(sectionOf({ ...ORDERS, more })).toContain('<div><dt>1 NAT gateways and addresses</dt><dd>$36.50 <small>a month</small></dd></div>');
  expect(sectionOf({ ...ORDERS, more, region: 'eu-central-1' })).toContain('<div><dt>1 NAT gateways and addresses</dt><dd>unknown</dd></div>');
});

test('a fleet without functions has no table', () => {
  const section = sectionOf({ functions: {} });

  expect(section).toContain('<p class="note">No function is attached.</p>');
  expect(section).not.toContain('<table');
});

test('the page leads to each fleet', () => {
  const fleet: ShownFleet = { name: 'Fleet', file: 'a.yaml', plan: planOf(ORDERS), loads: [], loadsAssumed: false };
  const page = reportPage({ sources: ['a.yaml'], version: '1', findings: [], notChecked: [], functions: 1, fleets: [fleet, { ...fleet, name: 'Other' }] });

  expect(page).toContain('<li><a href="#findings">Findings</a></li><li><a href="#fleet-1">Fleet</a></li><li><a href="#fleet-2">Other</a></li>');
  expect([...page.matchAll(/<section class="fleet" id="([^"]+)"/g)].map(([, id]) => id)).toEqual(['fleet-1', 'fleet-2']);
});

describe('the words about the curve', () => {
  const words = (given: PlannedFleet, more: Partial<ShownFleet>) => /<figcaption>Dollars a month[^<]*\(dashed\)\. ([^<]*)<\/figcaption>|There is no curve: [^<]*/.exec(sectionOf(given, more))?.slice(0, 2);

  test('name the range above which the fleet is cheaper, and the load', () => {
    // Three c7g.2xlarge cost $730, three r7g.2xlarge $1,079; a request at once with 1 GB costs $35 a month there.
    expect(words(ORDERS, { loads: [load('Orders', 20)] })![1]).toBe('Above 21 to 31 requests at once, the fleet is cheaper than standard Lambda on arm64. Your load is 20 at once.');
    expect(words({ ...ORDERS, types: ['c7g.2xlarge'] }, { loads: [load('Orders', 4.25)] })![1]).toBe('Above 21 requests at once, the fleet is cheaper than standard Lambda on arm64. Your load is 4.3 at once.');
  });

  test('name the cheapest type alone if only that pays', () => {
    // Requests that compute for 0.55 s cost $28 a month each on c7g, $41 on r7g, and $35 on standard Lambda.
    const loads = [load('Orders', 20, { meanCpuSeconds: 0.55 })];

    expect(costCurve(planOf({ functions: { Orders: {} } }), loads, false)!.breakEven).toEqual({ lowest: expect.any(Number), highest: undefined });
    expect(words({ functions: { Orders: {} } }, { loads })![1]).toMatch(/^Above \d+ requests at once, the fleet is cheaper than standard Lambda on arm64\./);
  });

  test('round a load from ten on', () => {
    expect(words(ORDERS, { loads: [load('Orders', 9.96)] })![1]).toContain('Your load is 10 at once.');
    expect(words(ORDERS, { loads: [load('Orders', 10.4)] })![1]).toContain('Your load is 10 at once.');
  });

  test('say nothing of a load that is assumed', () => {
    expect(words(ORDERS, { loads: [load('Orders', 20)], loadsAssumed: true })![1]).toBe('Above 21 to 31 requests at once, the fleet is cheaper than standard Lambda on arm64.');
  });

  test('say that standard Lambda can\'t be compared', () => {
    expect(words(ORDERS, { loads: [load('Orders', 20, { meanSeconds: 3600, requestsPerMonth: 20 * 730 })] })![1]).toBe('The cost of standard Lambda on arm64 isn\'t known. Your load is 20 at once.');
  });

  test('say that the fleet is never cheaper', () => {
    // Requests that compute all the time need instances, and on standard Lambda they need little memory.
    expect(words({ types: ['c7g.2xlarge'], ceiling: 4000, functions: { Orders: {} } }, { loads: [load('Orders', 20, { standardMemorySize: 128, meanCpuSeconds: 1 })] })![1])
      .toMatch(/^Up to \d+ requests at once, the fleet isn't cheaper than standard Lambda\. Your load is 20 at once\.$/);
  });

  test.each<[string, PlannedFleet, string]>([
    ['no function', { functions: {} }, 'There is no curve: no function is attached.'],
    ['a size that isn\'t known', { functions: { Orders: { max: 12 }, Unknown: { memory: PARAMETER } } }, 'There is no curve: the size or the concurrency of a function isn\'t known.'],
    ['no price', { ...ORDERS, region: 'xx-north-9' }, 'There is no curve: no price of the instances is known in xx-north-9.'],
  ])('say why there is none with %s', (_, given, expected) => {
    expect(sectionOf(given, { loads: Object.keys(given.functions).map((name) => load(name, 1)) })).toContain(expected);
  });
});

describe('the curve', () => {
  const curveOf = (atOnce: number, isAssumed = false, given: PlannedFleet = ORDERS) => costCurve(planOf(given), [load('Orders', atOnce)], isAssumed)!;

  test('has 49 points, from nothing to 1.6 times the load or the break-even', () => {
    const { points, load: given } = curveOf(100);

    expect(points.map(({ concurrency }) => concurrency)).toEqual(Array.from({ length: 49 }, (_, i) => expect.closeTo(160 * i / 48, 9)));
    expect(given).toBeCloseTo(100, 9);
    expect(curveOf(1).points.at(-1)!.concurrency).toBeCloseTo(1.6 * curveOf(1).breakEven.highest!, 0);
    expect(curveOf(100, true).load).toBeUndefined();
    expect(costCurve(planOf(ORDERS), [load('Orders', 0.5, { meanSeconds: 3600, requestsPerMonth: 365 })], false)!.points.at(-1)!.concurrency).toBeCloseTo(1.6, 9);
    expect(curveOf(100, true).points.at(-1)!.concurrency).toBeCloseTo(curveOf(1).points.at(-1)!.concurrency, 9);
  });

  test('has requests and instances of the fleet, and the cost on standard Lambda, at each point', () => {
    const [first, ...others] = curveOf(100).points;
    const last = others.at(-1)!;
    const requests = 160 * MONTH * 0.2e-6;

    const ofThree = (hourly: number) => expect.closeTo(3 * hourly * 1.15 * 730, 6);
    expect(first).toEqual({ concurrency: 0, lowest: ofThree(0.29), highest: ofThree(0.4284), standard: 0 });
    expect(last.lowest! - first.lowest!).toBeCloseTo(requests, 6);
    expect(last.standard).toBeCloseTo(requests + 160 * MONTH * 0.0000133334, 6);
  });

  test('crosses where both cost the same', () => {
    // The requests cost the same on both. With a load of 2,000, both lines cross between the first two points.
    [100, 2000].forEach((atOnce) => {
      const { points, breakEven: { lowest } } = curveOf(atOnce);
      expect(lowest).toBeCloseTo(points[0].lowest! / (MONTH * 0.0000133334), 6);
    });
  });

  test('crosses nowhere if the fleet has no room for so many requests', () => {
    // Nine environments of 2 vCPUs that are 80 % busy compute 14.4 requests at once.
    const given = { ceiling: 24, functions: { Orders: {} } };
    const loads = [load('Orders', 20, { meanCpuSeconds: 1 })];

    expect(costCurve(planOf(given), loads, false)!.breakEven).toEqual({ lowest: undefined, highest: undefined });
    expect(sectionOf(given, { loads })).toMatch(/Up to 49 requests at once, the fleet isn't cheaper than standard Lambda\. Your load is 20 at once\./);
  });

  test('ends where the fleet has no more room', () => {
    // 128 requests at once on each of 9 environments: three instances of three.
    const { points } = curveOf(1500, false, { ceiling: 24, functions: { Orders: {} } });

    points.forEach(({ concurrency, lowest, highest, standard }) => {
      expect([lowest === undefined, highest === undefined]).toEqual(Array(2).fill(concurrency > 9 * 128));
      expect(standard).toBeDefined();
    });
  });

  test('is of arm64 if a function is, and of x86_64 otherwise', () => {
    const architectureOf = (...architectures: string[]) => costCurve(
      planOf({ functions: { Orders: {}, Payments: {} } }), architectures.map((architecture, i) => load(['Orders', 'Payments'][i], 1, { architecture })), false,
    )!.architecture;

    expect(architectureOf('x86_64', 'arm64')).toBe('arm64');
    expect(architectureOf('x86_64', 'x86_64')).toBe('x86_64');
    expect(costCurve(planOf(ORDERS), [load('Orders', 100, { architecture: 'x86_64' })], false)!.points.at(-1)!.standard).toBeCloseTo(160 * MONTH * (0.2e-6 + 0.0000166667), 6);
  });

  test.each<[string, LoadFacts[]]>([
    ['no load', []],
    ['a load of nothing', [load('Orders', 0)]],
    ['a load that isn\'t known', [load('Orders', 1, { requestsPerMonth: UNKNOWN })]],
    ['loads of which one isn\'t known', [load('Orders', 1), load('Orders', 1, { requestsPerMonth: UNKNOWN })]],
  ])('isn\'t drawn for %s', (_, loads) => {
    expect(costCurve(planOf(ORDERS), loads, false)).toBeUndefined();
  });

  test('is drawn to scale, with a band for the fleet, and marks', () => {
    const highest = [200, 200, undefined];
    const points = [0, 50, 100].map((concurrency, i) => ({ concurrency, lowest: 100, highest: highest[i], standard: 4 * concurrency }));

    const svg = drawCurve({ points, load: 30, breakEven: { lowest: 25, highest: 50 }, architecture: 'arm64' });
    // The ids and classes count all drawings of the process.
    expect(svg.replace(/ class="[^"]*"|<style.*<\/style>/gs, '').replace(/zr\d+-c/g, 'c')).toMatchSnapshot();
  });

  test('marks the only break-even, and no load that isn\'t given', () => {
    const points = [0, 100].map((concurrency) => ({ concurrency, lowest: 100, highest: 500, standard: 4 * concurrency }));
    const texts = (breakEven: object, given?: number) => [...drawCurve({ points, load: given, breakEven, architecture: 'x86_64' }).matchAll(/>(break-even|your load|standard Lambda, \w+)</g)].map(([, text]) => text);

    expect(texts({ lowest: 25 })).toEqual(['standard Lambda, x86_64', 'break-even']);
    expect(texts({}, 30)).toEqual(['standard Lambda, x86_64', 'your load']);
  });
});
