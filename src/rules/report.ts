import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Finding, idOf, messageOf } from './findings';
import { Level } from './rule';
import { validationError } from './validation-error';

/** Reports at the call: all errors in one, so that the user's line is in the stack trace and nothing comes drop by drop. */
export function throwErrors(scope: IConstruct, findings: Finding[]): void {
  const errors = findings.filter((finding) => finding.level === Level.ERROR).map(errorText);
  if (errors.length === 1) throw validationError(scope, errors[0]);
  if (errors.length > 1) throw validationError(scope, [`${errors.length} problems:`, ...errors].join('\n  - '));
}

/** Reports at synthesis: errors for `node.addValidation`, warnings on the construct, where they can be acknowledged. */
export function reportAtSynth(construct: IConstruct, findings: Finding[]): string[] {
  findings
    .filter((finding) => finding.level === Level.WARNING)
    .forEach((finding) => Validations.of(construct).addWarning(idOf(finding), messageOf(finding)));
  return findings.filter((finding) => finding.level === Level.ERROR).map(errorText);
}

function errorText(finding: Finding): string {
  return `${messageOf(finding)} [${idOf(finding)}]`;
}
