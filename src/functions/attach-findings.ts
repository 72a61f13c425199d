/** Finds what can't be attached to a capacity provider. */
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AttachTarget, attachTargetOf } from '../judging/attach-target';
import { cfnFunctionOf } from '../reading/constructs/resource-behind';
import { attachmentOf } from '../registry/attachments';
import { Finding, findingOf } from '../rules/findings';
import { descriptions, Level } from '../rules/rule';
import { PAGES } from '../service/pages';

const REMEDIES: Record<AttachTarget, string> = {
  [AttachTarget.FUNCTION]: '',
  [AttachTarget.ALIAS]: 'attach the function that the alias points to',
  [AttachTarget.VERSION]: 'attach the function that the version belongs to',
  [AttachTarget.SINGLETON]: 'use a Function and attach that',
  [AttachTarget.RAW]: 'use a CfnFunction, whose properties can be set',
  [AttachTarget.OTHER]: 'pass a Function, or another construct that creates one AWS::Lambda::Function',
  [AttachTarget.IMPORT]: 'attach it in the app that creates it, since a template can\'t change a function that it doesn\'t contain',
};

/** The descriptions of findings about constructs that can't be attached. */
export const ATTACH_FINDINGS = descriptions({
  AttachTarget: {
    level: Level.ERROR,
    what: 'Only functions that this app creates are attached.',
    why: 'The capacity provider is a property of the function, and an imported function has no resource to set it on.',
    source: PAGES.cloudFormationFunction,
  },
  SecondProvider: {
    level: Level.ERROR,
    what: 'A function is attached to one capacity provider only.',
    why: 'It has room for one capacity provider: the last one would silently win.',
    source: PAGES.capacityProviders,
  },
});

/** Checks that a construct is a function of this app that isn't attached yet. */
export function attachFindings(fn: lambda.IFunctionRef): Finding[] {
  const target = attachTargetOf(fn);
  if (target !== AttachTarget.FUNCTION) {
    return [findingOf(ATTACH_FINDINGS.AttachTarget, {
      property: 'fn', allowed: 'must be a function that this app creates', found: target, remedy: REMEDIES[target],
    })];
  }
  const attachedTo = providerOf(cfnFunctionOf(fn)!);
  return attachedTo === undefined ? [] : [findingOf(ATTACH_FINDINGS.SecondProvider, {
    property: 'fn',
    allowed: 'a function has one capacity provider',
    found: `already on ${attachedTo}`,
    remedy: 'attach it once, or create a second function from the same code',
  })];
}

function providerOf(resource: lambda.CfnFunction): string | undefined {
  return attachmentOf(resource)?.provider.node.path ?? (resource.capacityProviderConfig && 'another capacity provider');
}
