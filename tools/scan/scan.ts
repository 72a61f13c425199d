import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack, Stage } from 'aws-cdk-lib';
import { answeredFleet, plainFleet, WAYS_OUT } from './fleets';
import { documented } from './page';
import { check } from '../as-a-user/shell';
import { PythonEnvironment } from '../proof/python';

/**
 * Compares checkov's report about a fleet with the table in `docs/security-and-trust-boundaries.md`: `npx projen scan`. `test/docs/scanners.test.ts`
 * runs the scanners on npm.
 */
const ANSWERED = ['CKV_AWS_116', 'CKV_AWS_158'];
/** Matches CDK's function that closes the VPC's default security group, which users can't configure. */
const OF_CDK = /CustomVpcRestrictDefaultSG/;
/** Without this option, checkov would download its guidelines. */
const OFFLINE = '--skip-download';

const environment = PythonEnvironment.of('tools/scan/requirements.txt');

function failedChecks(stack: Stack): string[] {
  const { templateFullPath } = Stage.of(stack)!.synth().getStackArtifact(stack.artifactId);
  const report = environment.printed('checkov', ['-f', templateFullPath, '--framework', 'cloudformation', '--quiet', OFFLINE, '-o', 'json']);
  const { results } = JSON.parse(report) as { results: { failed_checks: { check_id: string; resource: string }[] } };
  const ofTheFleet = results.failed_checks.filter(({ resource }) => !OF_CDK.test(resource));
  return [...new Set(ofTheFleet.map(({ check_id }) => check_id))];
}

for (const [way, egress] of Object.entries(WAYS_OUT)) {
  const outdir = mkdtempSync(join(tmpdir(), 'scanned-'));
  try {
    const plain = failedChecks(plainFleet(egress(), join(outdir, 'plain'))).map((rule) => `checkov, ${rule}, ${way}`).sort();
    const said = documented(['checkov']).filter((line) => line.endsWith(`, ${way}`));
    check(plain.join('\n') === said.join('\n'), `checkov reports\n${plain.join('\n')}\nand the page says\n${said.join('\n')}`);
    const left = failedChecks(answeredFleet(egress(), join(outdir, 'answered')));
    const unanswered = ANSWERED.filter((rule) => left.includes(rule));
    check(unanswered.length === 0, `The page's answers don't silence ${unanswered.join(', ')} with ${way}.`);
    console.log(`${way}: ${said.length} rules of checkov, as the page says`);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
