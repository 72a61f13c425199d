import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnGuardValidator } from '@cdklabs/cdk-validator-cfnguard';
import { Stack, Stage } from 'aws-cdk-lib';
import * as nag from 'cdk-nag';
import { answeredFleet, plainFleet, WAYS_OUT } from '../../tools/scan/fleets';
import { documented } from '../../tools/scan/page';

/** The packs of cdk-nag, as the table in the page calls them. */
const PACKS = {
  'AwsSolutions': nag.AwsSolutionsChecks,
  'HIPAA': nag.HIPAASecurityChecks,
  'NIST R4': nag.NIST80053R4Checks,
  'NIST R5': nag.NIST80053R5Checks,
  'PCI': nag.PCIDSS321Checks,
  'Serverless': nag.ServerlessChecks,
};
const CONTROL_TOWER = 'Control Tower';

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'scanned-'));
});
afterEach(() => rmSync(outdir, { recursive: true }));

/** `VPC7` of `AwsSolutions-VPC7`, `CloudWatchLogGroupEncrypted` of `HIPAA.Security-…`. */
function shortName(rule: string): string {
  return rule.slice(rule.indexOf('-') + 1).replace(/\[.*/, '');
}

/** What the scanners find, as `pack, rule`. Synthesis comes first, since Aspects run in it. */
function found(stack: Stack): string[] {
  const { templateFullPath } = Stage.of(stack)!.synth().getStackArtifact(stack.artifactId);
  const byGuard = new CfnGuardValidator().validate({ appConstruct: stack.node.root, templatePaths: [templateFullPath] }).violations;
  const byNag = Object.entries(PACKS).flatMap(([pack, Checks]) => (
    new Checks().validateScope(stack).violations.map(({ ruleName }) => `${pack}, ${shortName(ruleName)}`)
  ));
  return [...byNag, ...byGuard.map(({ ruleName }) => `${CONTROL_TOWER}, ${ruleName}`)];
}

test.each(Object.entries(WAYS_OUT))('the page answers what scanners report of a fleet with %s', (way, egress) => {
  const said = documented([...Object.keys(PACKS), CONTROL_TOWER]).filter((line) => line.endsWith(`, ${way}`));
  expect([...new Set(found(plainFleet(egress(), outdir)).map((line) => `${line}, ${way}`))].sort()).toEqual(said);
});

/** The rules that a line of code in the page silences. */
const ANSWERED = [
  'VPC7', 'VPCFlowLogsEnabled', 'VPCDefaultSecurityGroupClosed', 'CloudWatchLogGroupEncrypted', 'LambdaDLQ', 'LambdaDefaultTimeout', 'LambdaTracing',
  'EC2IMDSv2Enabled', 'cloudwatch_log_group_retention_period_check', 'cloudwatch_log_group_encrypted_check',
];
/** What those lines bring with them, by the paragraph below the table. */
const BROUGHT = ['IAM5', 'IAMNoInlinePolicy', 'ec2_launch_template_monitoring_enabled_check', 'kms_create_grant_aws_service_check'];

test.each(Object.entries(WAYS_OUT))('the lines of code of the page silence what they answer, with %s', (way, egress) => {
  const documentedRules = documented([...Object.keys(PACKS), CONTROL_TOWER]).filter((line) => line.endsWith(`, ${way}`)).map((line) => line.split(', ')[1]);
  const left = new Set(found(answeredFleet(egress(), outdir)).map((line) => line.split(', ')[1]));
  const isLeft = documentedRules.filter((rule) => !ANSWERED.includes(rule));
  expect([...left].filter((rule) => !BROUGHT.includes(rule)).sort()).toEqual([...new Set(isLeft)].sort());
});
