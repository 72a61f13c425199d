import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { holds } from './alarm-rule';
import { testStack } from '../util';

/** `yes` is in alarm, `no` is fine, `unknown` has no data. */
const STATES: Record<string, string> = { yes: 'ALARM', no: 'OK', unknown: 'INSUFFICIENT_DATA' };
const isIn = (state: string, alarm: string) => STATES[alarm] === state;

test.each([
  ['ALARM("yes")', true],
  ['ALARM("no")', false],
  ['ALARM(yes)', true],
  ['OK("no") AND INSUFFICIENT_DATA("unknown")', true],
  ['ALARM("unknown") OR OK("unknown")', false],
  ['TRUE', true],
  ['FALSE', false],
  ['not alarm("no") and true', true],
])('reads states, constants and operators: %s', (rule, expected) => {
  expect(holds(rule, isIn)).toBe(expected);
});

test.each([
  ['TRUE OR TRUE AND FALSE', true],
  ['(TRUE OR TRUE) AND FALSE', false],
  ['FALSE AND TRUE OR TRUE', true],
  ['FALSE AND (TRUE OR TRUE)', false],
  ['NOT FALSE AND FALSE', false],
  ['NOT (FALSE AND FALSE)', true],
  ['NOT NOT TRUE', true],
  ['((((TRUE))))', true],
])('binds NOT more than AND, and AND more than OR: %s', (rule, expected) => {
  expect(holds(rule, isIn)).toBe(expected);
});

test.each([true, false])('follows the truth tables of CDK\'s rules with %s', (a) => {
  [true, false].forEach((b) => {
    const [one, other] = [a, b].map((value) => cloudwatch.AlarmRule.fromBoolean(value));
    const value = (rule: cloudwatch.IAlarmRule) => holds(rule.renderAlarmRule(), isIn);

    expect(value(cloudwatch.AlarmRule.allOf(one, other))).toBe(a && b);
    expect(value(cloudwatch.AlarmRule.anyOf(one, other))).toBe(a || b);
    expect(value(cloudwatch.AlarmRule.allOf(one, cloudwatch.AlarmRule.not(other)))).toBe(a && !b);
  });
});

test('asks an alarm by its ARN', () => {
  const alarm = cloudwatch.Alarm.fromAlarmArn(testStack(), 'Alarm', 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:Full');
  const rule = cloudwatch.AlarmRule.fromAlarm(alarm, cloudwatch.AlarmState.ALARM).renderAlarmRule();

  expect(holds(rule, (state, arn) => state === 'ALARM' && arn === 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:Full')).toBe(true);
});

test.each([
  ['', 'An operand is missing in '],
  ['TRUE AND', 'An operand is missing in TRUE AND'],
  ['OR TRUE', '"OR" isn\'t expected in OR TRUE'],
  ['(TRUE', 'A bracket isn\'t closed in (TRUE'],
  ['TRUE)', '")" isn\'t expected in TRUE)'],
  ['()', '")" isn\'t expected in ()'],
  ['TRUE FALSE', '"FALSE" isn\'t expected in TRUE FALSE'],
  ['TRUE XOR FALSE', '"XOR FALSE" isn\'t a word in TRUE XOR FALSE'],
  ['ALARM()', '"ALARM()" isn\'t a word in ALARM()'],
  ['ALARM("open', '"ALARM("open" isn\'t a word in ALARM("open'],
  ['FIRING("yes")', '"FIRING("yes")" isn\'t a word in FIRING("yes")'],
  ['TRUE OR ALARM(', '"ALARM(" isn\'t a word in TRUE OR ALARM('],
  ['FALSE AND (TRUE', 'A bracket isn\'t closed in FALSE AND (TRUE'],
])('refuses what CloudWatch refuses: %j', (rule, message) => {
  expect(() => holds(rule, isIn)).toThrow(message);
});
