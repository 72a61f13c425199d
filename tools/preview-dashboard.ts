import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-js';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { drawDashboard } from './preview-drawing';
import { DashboardStack } from '../examples/dashboard/dashboard-stack';

/**
 * Draws the dashboard of `examples/dashboard` as CloudWatch would show it, from the body that it synthesises and with made-up
 * data: `docs/dashboard.svg`, and `docs/dashboard.png` to look at (not committed). Needs no AWS account and no network.
 */
const FONT = 'DejaVu Sans';

if (!hasFont()) {
  console.error(`The preview needs the font ${FONT}, with which it measures text: apt-get install -y fontconfig fonts-dejavu-core`);
  process.exit(1);
}

const app = new App({ outdir: 'node_modules/.cache/preview' });
const stack = new DashboardStack(app, 'Example');
const template = app.synth().getStackByName('Example').template;
const dashboard = Object.values<any>(template.Resources).find(({ Type }) => Type === 'AWS::CloudWatch::Dashboard');
const body = JSON.parse(readable(dashboard.Properties.DashboardBody));

const svg = drawDashboard(body, FONT);
mkdirSync('docs', { recursive: true });
writeFileSync('docs/dashboard.svg', svg);
writeFileSync('docs/dashboard.png', new Resvg(svg, { font: { loadSystemFonts: true, defaultFontFamily: FONT } }).render().asPng());
console.log('docs/dashboard.svg and docs/dashboard.png are drawn, with made-up data.');

/** The body with intrinsics as what they would give. */
function readable(value: any): string {
  if (typeof value === 'string') return value;
  if (value['Fn::Join']) return value['Fn::Join'][1].map(readable).join(value['Fn::Join'][0]);
  if (value.Ref === 'AWS::Region') return 'eu-west-1';
  const logicalId = value.Ref ?? value['Fn::GetAtt'][0];
  return nameOf(stack, logicalId);
}

/** A short name in place of the one that CloudFormation would make: the id in the example, `Fleet` for its provider. */
function nameOf(scope: Stack, logicalId: string): string {
  const isIt = (construct: IConstruct) => CfnResource.isCfnResource(construct) && scope.resolve(construct.logicalId) === logicalId;
  const { id, scope: above } = scope.node.findAll().find(isIt)!.node.scope!.node;
  return id === 'CapacityProvider' ? above!.node.id : id;
}

function hasFont(): boolean {
  try {
    return execFileSync('fc-list', [FONT], { encoding: 'utf-8' }).trim() !== '';
  } catch {
    return false;
  }
}
