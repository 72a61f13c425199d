/** What can't be judged, and what constructs know besides their templates. */
import { Annotations, App, CfnResource, Stack, Validations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ManagedInstances, ManagedInstancesLimits } from '../../src';
import { allOf } from '../../src/checks/all-rules';
import { isAcknowledged, judgedResources, KnownResources, remarkableResources } from '../../src/checks/known-resources';
import { isUntransformed, Unread, UNREAD_JUDGE } from '../../src/checks/not-checked';
import { idOfConstruct } from '../../src/reading/constructs/read-templates';
import { ResourceView } from '../../src/reading/resource-view';
import { TemplateProperties } from '../../src/reading/templates/template-properties';
import { messageOf } from '../../src/rules/findings';
import { Level, Moment, RuleDescription, templateContext } from '../../src/rules/rule';
import { testFunction } from '../util';

const said = (unread: Unread) => UNREAD_JUDGE.judge({ unread }, Moment.TEMPLATE, templateContext()).map((finding) => `${finding.level} ${messageOf(finding)}`);

test('of what can\'t be read, the last line of CDK\'s error is said', () => {
  expect(said({ type: 'AWS::Lambda::Function', reason: 'Resolution error:\n  at somewhere\n  code is missing.\n' })).toEqual([
    'warning The resource isn\'t checked, since its properties can\'t be read: code is missing. Complete or correct that property.',
  ]);
  expect(said({ type: 'AWS::Serverless::Function' })).toEqual([
    'warning The resource is AWS::Serverless::Function, but only a transform turns that into a resource of CloudFormation, so it isn\'t checked. Check its template with npx cdk-lambda-managed-instances check, which reads SAM.',
  ]);
});

test.each<[string, object, boolean]>([
  ['AWS::Serverless::CapacityProvider', {}, true],
  ['AWS::Serverless::Function', { CapacityProviderConfig: {} }, true],
  ['AWS::Serverless::Function', {}, false],
  ['AWS::Lambda::Function', { CapacityProviderConfig: {} }, false],
])('%s with %p awaits a transform: %p', (type, properties, expected) => {
  expect(isUntransformed({ type, properties: new TemplateProperties(properties) } as unknown as ResourceView)).toBe(expected);
});

describe('all rules', () => {
  const rule = (code: string, level: Level, more: Partial<RuleDescription> = {}): RuleDescription => ({ code, level, what: 'a', why: 'b', source: 'c', ...more });

  test('have the moments of all places that check them, if those report their level', () => {
    const all = allOf([
      { moments: [Moment.TEMPLATE], rules: [rule('A', Level.WARNING), rule('B', Level.INFO)] },
      { moments: [Moment.CALL, Moment.SYNTHESIS], rules: [rule('A', Level.WARNING), rule('C', Level.WARNING, { alsoLevel: Level.ERROR })] },
    ]);

    expect(all.map(({ code, moments }) => [code, moments])).toEqual([
      ['A', [Moment.SYNTHESIS, Moment.TEMPLATE]], ['B', [Moment.TEMPLATE]], ['C', [Moment.CALL, Moment.SYNTHESIS]],
    ]);
  });
});

describe('what constructs know', () => {
  const FINDING = 'cdk-lambda-managed-instances::VCpuCeilingTight';
  const limits = ManagedInstancesLimits.CURRENT.withOverrides({ functionMemoryMax: 65536 });
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const plain = new ManagedInstances(stack, 'Plain');
  const other = new ManagedInstances(stack, 'Other', { limits });
  const [onPlain, onOther, alone] = ['OnPlain', 'OnOther', 'Alone'].map((id) => testFunction(stack, id));
  plain.addFunction(onPlain);
  other.addFunction(onOther);
  const resourceOf = (construct: { node: { defaultChild?: unknown } }) => construct.node.defaultChild as CfnResource;
  const warned = new CfnResource(stack, 'Warned', { type: 'Some::Type' });
  Validations.of(warned).addWarning(FINDING, 'some text');
  const warnedByOthers = new CfnResource(stack, 'WarnedByOthers', { type: 'Some::Type' });
  Annotations.of(warnedByOthers).addWarningV2('somebody:else', 'some text');
  const queue = new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue' });

  const isKnown = (known: KnownResources, construct: CfnResource) => known.construct(idOfConstruct(construct)) === construct;

  test('is of providers, of functions with other limits, and of warnings', () => {
    const known = remarkableResources(app);

    expect([plain, other, onOther].map((construct) => isKnown(known, resourceOf(construct)))).toEqual([true, true, true]);
    expect([onPlain, alone].map((construct) => isKnown(known, resourceOf(construct)))).toEqual([false, false]);
    expect([warned, warnedByOthers, queue].map((construct) => isKnown(known, construct))).toEqual([true, false, false]);
  });

  test('is of all that has rules, if a scope is judged', () => {
    const known = judgedResources(stack);

    expect([plain, onPlain, alone].map((construct) => isKnown(known, resourceOf(construct)))).toEqual([true, true, true]);
    expect([warned, queue].map((construct) => isKnown(known, construct))).toEqual([false, false]);
  });

  test('are the limits that differ, of providers and their functions', () => {
    const known = judgedResources(stack);
    const limitsOf = (construct: { node: { defaultChild?: unknown } }) => known.otherLimits(idOfConstruct(resourceOf(construct)));

    expect([other, onOther].map(limitsOf)).toEqual([limits._values, limits._values]);
    expect([plain, onPlain, alone].map(limitsOf)).toEqual([undefined, undefined, undefined]);
    expect(known.otherLimits('nowhere')).toBeUndefined();
  });

  test('are the warnings that were printed', () => {
    const known = remarkableResources(app);
    const hasWarning = (id: string, construct: CfnResource = warned) => known.hasWarning(idOfConstruct(construct), id);

    expect([hasWarning(FINDING), hasWarning('cdk-lambda-managed-instances::Other'), hasWarning(FINDING, queue)]).toEqual([true, false, false]);
  });

  test('are acknowledgements, on the construct or above', () => {
    const [inner, outer] = [new Stack(app, 'Inner'), new Stack(app, 'Outer')];
    const fn = new lambda.CfnFunction(inner, 'Function', { code: {}, role: '' });
    Validations.of(inner).acknowledge({ id: FINDING, reason: 'a test' });

    expect([isAcknowledged(fn, FINDING), isAcknowledged(inner, FINDING), isAcknowledged(outer, FINDING), isAcknowledged(fn, 'other')]).toEqual([true, true, false, false]);
  });
});
