/** Reports findings: throws them at the call, or adds them as errors and warnings of constructs at synthesis. */
import { UnscopedValidationError, ValidationError, Validations } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { lit } from '../reading/constructs/cdk-internals';
import { Finding, idOf, messageOf } from '../rules/findings';
import { Level } from '../rules/rule';

/**
 * Reports findings at the call. All problems are in one error, so that the user sees them all at once, with the line of the call in the stack trace.
 * The scope may be missing, or not be a construct, if that is the problem.
 */
export function throwErrors(scope: unknown, findings: Finding[]): void {
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

/**
 * Creates an error; nothing else in the library does. CDK's own error classes carry the construct's path and hide library frames, but they are marked
 * internal, so a test pins how we call them.
 */
function validationError(scope: unknown, message: string): Error {
  return Construct.isConstruct(scope)
    ? new ValidationError(lit`ManagedInstancesValidation`, message, scope)
    : new UnscopedValidationError(lit`ManagedInstancesValidation`, message);
}
