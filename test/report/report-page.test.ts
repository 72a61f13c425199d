import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Browser, Screen } from './browser';
import { planCommand } from '../../src/cli/plan-command';
import { reportCommand } from '../../src/cli/report-command';

jest.setTimeout(60_000);

const TEMPLATE = 'test/fixtures/fleet-with-load.yaml';
const LOAD = ['--load', 'test/fixtures/load.json'];
const DESKTOP: Screen = { width: 1200, height: 900, scheme: 'light' };
const PHONE: Screen = { width: 390, height: 844, scheme: 'dark', isPhone: true };

const folder = mkdtempSync(join(tmpdir(), 'report-'));
let browser: Browser;
beforeAll(async () => { browser = await Browser.start(); });
afterAll(async () => {
  await browser.stop();
  rmSync(folder, { recursive: true });
});

let count = 0;
async function pageOf(...args: string[]): Promise<string> {
  const file = join(folder, `${count++}.html`);
  expect(await reportCommand([...args, '--region', 'us-east-1', '--output', file])).toEqual({ text: `wrote ${file}`, exitCode: 0 });
  return file;
}

const template = (content: string) => {
  const file = join(folder, `${count++}.yaml`);
  writeFileSync(file, content);
  return file;
};

test.each<[string, Screen]>([
  ['in light', DESKTOP], ['in dark', { ...DESKTOP, scheme: 'dark' }], ['on a phone', PHONE],
])('opens %s without an error, a request or anything beside the screen', async (_, screen) => {
  const loaded = await browser.open(await pageOf(TEMPLATE, ...LOAD), screen);

  expect(loaded).toEqual({ errors: [], requests: [] });
  expect(await browser.ask('document.documentElement.scrollWidth')).toBeLessThanOrEqual(screen.width);
});

test('follows light and dark', async () => {
  const page = await pageOf(TEMPLATE);
  const colours = async (scheme: Screen['scheme']) => {
    await browser.open(page, { ...DESKTOP, scheme });
    return browser.ask('[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector(".curve path")).stroke]');
  };

  const [light, dark] = [await colours('light'), await colours('dark')];
  expect(light[0]).toBe('rgb(255, 255, 255)');
  expect(dark[0]).toBe('rgb(20, 23, 26)');
  expect(dark[1]).not.toBe(light[1]);
});

const MOMENTS = `Object.fromEntries([...document.querySelectorAll('.moment')].map((moment) => [moment.dataset.moment, {
  boxes: [...moment.querySelectorAll('.instance')].reduce((sum, box) => sum + Number(box.dataset.count), 0),
  hidden: [...moment.querySelectorAll('.instance')].filter((box) => box.getBoundingClientRect().height < 10).length,
  above: [...moment.querySelectorAll('.above .instance')].reduce((sum, box) => sum + Number(box.dataset.count), 0),
  environments: moment.querySelectorAll('.instance .environment:not(.free):not(.reserve)').length,
}]))`;

test('draws the instances of the plan, with the environments in them', async () => {
  const [{ plan }] = JSON.parse((await planCommand([TEMPLATE, '--region', 'us-east-1', '--format', 'json'])).text).plans;
  await browser.open(await pageOf(TEMPLATE), DESKTOP);

  const kept = plan.versions.reduce((sum: number, { minExecutionEnvironments }: any) => sum + minExecutionEnvironments, 0);
  expect(await browser.ask(MOMENTS)).toMatchObject({
    'at-rest': { boxes: plan.instances.atRest, hidden: 0, above: 0, environments: kept },
    'while-deploying': { boxes: plan.instances.duringDeployment, hidden: 0, environments: kept + 3 },
    'at-maximum': { boxes: plan.instances.atMaximum, hidden: 0 },
  });
});

test('draws what goes beyond the ceiling above its line', async () => {
  await browser.open(await pageOf(template(readFileSync(TEMPLATE, 'utf-8').replace('MaxVCpuCount: 64', 'MaxVCpuCount: 44'))), DESKTOP);

  const { 'at-rest': atRest, 'while-deploying': deploying } = await browser.ask(MOMENTS);
  expect([atRest.above, deploying.above]).toEqual([0, 3]);
  expect(await browser.ask('document.body.innerText')).toContain('MaxVCpuCount 44: 20 vCPUs too few');
});

test('says how much room the ceiling leaves', async () => {
  await browser.open(await pageOf(TEMPLATE), DESKTOP);
  const text = await browser.ask('document.body.innerText');

  expect(text).toContain('MaxVCpuCount 64: room for 24 more vCPUs');
  expect(text).toContain('MaxVCpuCount 64: no room for more');
});

test('draws large fleets with a number on each box', async () => {
  const page = await pageOf(template(readFileSync(TEMPLATE, 'utf-8').replace('MaxVCpuCount: 64', 'MaxVCpuCount: 4000')));
  await browser.open(page, DESKTOP);

  const { 'at-maximum': { boxes } } = await browser.ask(MOMENTS);
  expect(boxes).toBe(500);
  expect(await browser.ask('document.querySelectorAll(".instance").length')).toBeLessThan(60);
});

test('shows findings by severity with their place, versions, assumptions and the break-even', async () => {
  await browser.open(await pageOf(TEMPLATE, ...LOAD), DESKTOP);

  const text: string = await browser.ask('document.body.innerText');
  expect(text).toMatch(/Errors\s+Invoices\s+ConcurrencyPerVCpu\s+test\/fixtures\/fleet-with-load\.yaml:28\s+[\w.]*PerExecutionEnvironmentMaxConcurrency is \d+, but \d+ MB at \d GiB per vCPU make/);
  expect(text.indexOf('Errors')).toBeLessThan(text.indexOf('Warnings'));
  expect(text).toMatch(/Orders\s+OrdersVersion\s+4096\s+2\s+128\s+4\s+12/);
  expect(text).toContain('The default of the parameter Memory.');
  expect(text).toMatch(/Above \d+ to \d+ requests at once, the fleet is cheaper than standard Lambda on arm64\. Your load is 11 at once\./);
  expect(text).toContain('Invoices has no load and is counted at rest.');
  expect(await browser.ask('[...document.querySelectorAll(".curve text")].map(({ textContent }) => textContent)'))
    .toEqual(expect.arrayContaining(['break-even', 'your load', 'this fleet', 'standard Lambda, arm64']));
});

test('works by keyboard', async () => {
  await browser.open(await pageOf(TEMPLATE), DESKTOP);

  await browser.press('Tab', 9);
  expect(await browser.ask('document.activeElement.className')).toBe('skip');
  await browser.ask('document.querySelector("details.info summary").focus()');
  await browser.press('Enter', 13);
  expect(await browser.ask('document.querySelector("details.info").open')).toBe(true);
});

test('prints on A4', async () => {
  await browser.open(await pageOf(TEMPLATE, ...LOAD), DESKTOP);

  const pdf = (await browser.print()).toString('latin1');
  const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)!;
  expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842]);
});

test('shows whatever a template holds as text', async () => {
  const evil = '<img src=x onerror=alert(1)>';
  const page = await pageOf(template(JSON.stringify({
    Resources: {
      [evil]: { Type: 'AWS::Lambda::CapacityProvider', Properties: { VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } } },
      '</style><script>alert(1)</script>': {
        Type: 'AWS::Lambda::Function',
        Properties: {
          MemorySize: 512, CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: { 'Fn::GetAtt': [evil, 'Arn'] } } },
        },
      },
    },
  })));

  expect(await browser.open(page, DESKTOP)).toEqual({ errors: [], requests: [] });
  expect(await browser.ask('document.querySelectorAll("script, img").length')).toBe(0);
  expect(await browser.ask('document.body.innerText')).toContain(evil);
});

test('says what it can\'t draw, and why', async () => {
  await browser.open(await pageOf(template('Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n')), DESKTOP);
  expect(await browser.ask('document.body.innerText')).toContain('There is no capacity provider, so there is no fleet to draw.');

  const idle = readFileSync(TEMPLATE, 'utf-8').split('  Orders:\n')[0].replace('CapacityProviderConfig', 'Description');
  await browser.open(await pageOf(template(idle.replace(/Globals:[^]*?Resources:/, 'Resources:'))), DESKTOP);
  expect(await browser.ask('document.body.innerText')).toContain('There is no picture: no function is attached.');
});

test('refuses a file that can\'t be written', async () => {
  await expect(reportCommand([TEMPLATE, '--output', join(folder, 'no/such/folder.html')])).rejects.toThrow(/^--output .* can't be written: there is no such folder/);
  expect((await reportCommand([TEMPLATE, '--output', '-'])).text).toMatch(/^<!doctype html>/);
});
