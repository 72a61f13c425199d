import { UNKNOWN } from '../../../src/reading/fact';
import { PLACE_RULES } from '../../../src/rules/provider/place-rules';
import { brief, judge, textOf } from '../util';

const findings = (region: any, overrides = {}) => judge(PLACE_RULES, { account: UNKNOWN, region }, overrides);

test.each([
  ['us-east-1', []],
  ['eusc-de-east-1', ['warning RegionUnlisted']],
  ['us-iso-east-1', ['warning RegionUnlisted']],
  ['eu-wst-1', ['warning RegionUnlisted']],
  ['mx-central-1', []],
  ['cn-north-1', ['error RegionUnsupported']],
  ['cn-northwest-1', ['error RegionUnsupported']],
  ['us-gov-west-1', ['error RegionUnsupported']],
  ['us-gov-east-1', ['error RegionUnsupported']],
  ['il-central-1', ['warning RegionUnlisted']],
  ['me-south-1', ['warning RegionUnlisted']],
  ['me-central-1', ['warning RegionUnlisted']],
  ['ap-southeast-6', ['warning RegionUnlisted']],
  [UNKNOWN, []],
  [undefined, []],
] as const)('judges %p', (region, expected) => {
  expect(brief(findings(region))).toEqual(expected);
});

test.each([
  ['cn-north-1', 'RegionUnsupported', 'region is cn-north-1, but China and GovCloud have no managed instances. Deploy to a commercial Region, or use ECS, EKS, or standard Lambda with provisioned concurrency.'],
  ['me-south-1', 'RegionUnlisted', 'region is me-south-1, but AWS left it out when it listed the Regions in June 2026 (like ap-southeast-6, il-central-1, me-central-1). Deploy to another Region, or look up whether this one has managed instances by now.'],
  ['eu-wst-1', 'RegionUnlisted', 'region is eu-wst-1, but it isn\'t among the Regions that AWS listed for managed instances in June 2026. Correct its name, or add it to supportedRegions of ManagedInstancesLimits if it has managed instances by now.'],
])('says what to do about %s', (region, code, text) => {
  expect(textOf(findings(region), code)).toBe(text);
});

test.each(['cn-north-1', 'me-south-1', 'eusc-de-east-1'])('takes %s where the limits say so', (region) => {
  expect(findings(region, { supportedRegions: [region] })).toEqual([]);
});
