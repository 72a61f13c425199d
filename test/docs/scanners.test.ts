import { readFileSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as nag from 'cdk-nag';
import { Egress, ManagedInstances } from '../../src';
import { testFunction } from '../util';

/** The packs of cdk-nag, as the table in the page calls them. */
const PACKS = {
  'AwsSolutions': nag.AwsSolutionsChecks,
  'HIPAA': nag.HIPAASecurityChecks,
  'NIST R4': nag.NIST80053R4Checks,
  'NIST R5': nag.NIST80053R5Checks,
  'PCI': nag.PCIDSS321Checks,
  'Serverless': nag.ServerlessChecks,
};

const WAYS: Record<string, () => Egress> = {
  natGateways: () => Egress.natGateways(),
  natProvider: () => Egress.natProvider(ec2.NatProvider.instanceV2({
    instanceType: new ec2.InstanceType('t4g.nano'),
    defaultAllowedTraffic: ec2.NatTrafficDirection.OUTBOUND_ONLY,
  })),
  privateEndpoints: () => Egress.privateEndpoints(),
  ipv6: () => Egress.ipv6(),
};

/** `VPC7` of `AwsSolutions-VPC7`, `CloudWatchLogGroupEncrypted` of `HIPAA.Security-…`. */
function shortName(rule: string): string {
  return rule.slice(rule.indexOf('-') + 1).replace(/\[.*/, '');
}

/** What the packs find in a fleet with one function, as `pack, rule, way`. */
function found(): string[] {
  return Object.entries(WAYS).flatMap(([way, egress]) => {
    const stack = new Stack(new App(), 'Stack');
    new ManagedInstances(stack, 'Fleet', { egress: egress() }).addFunction(testFunction(stack));
    return Object.entries(PACKS).flatMap(([pack, Checks]) => (
      new Checks().validateScope(stack).violations.map(({ ruleName }) => `${pack}, ${shortName(ruleName)}, ${way}`)
    ));
  });
}

/** The same, as the table in the page says. */
function documented(): string[] {
  const page = readFileSync('docs/security-and-trust-boundaries.md', 'utf-8');
  const [, section] = page.split('## What scanners report\n');
  const rows = section.split(/\n##+ /)[0].split('\n').filter((line) => line.startsWith('| `'));
  return rows.flatMap((row) => {
    const [, rules, packs, ways] = row.split('|').map((cell) => cell.trim());
    const wayNames = ways === 'each way' ? Object.keys(WAYS) : ways.replace(/`/g, '').split(', ');
    return packs.split(', ').flatMap((pack) => rules.replace(/`/g, '').split(', ').flatMap((rule) => wayNames.map((way) => `${pack}, ${rule}, ${way}`)));
  });
}

test('what cdk-nag reports of a fleet, with each way out, is what the page has an answer to', () => {
  expect([...new Set(documented())].sort()).toEqual([...new Set(found())].sort());
});
