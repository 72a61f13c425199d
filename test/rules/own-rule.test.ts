import { findingsOf, OwnRule, ownRule } from '../../src/rules/own-rule';
import { Level } from '../../src/rules/rule';

const SOURCE = 'https://docs.aws.amazon.com/';

function atMost(most: number): OwnRule<number> {
  return ownRule(`AtMost${most}`, Level.WARNING, SOURCE, {
    what: 'A number is small.',
    why: 'It has no room.',
    check: (found) => (found <= most ? undefined : { property: 'number', allowed: `must be at most ${most}`, found, remedy: 'lower it' }),
  });
}

test('finds what one rule or several find, with what identifies the rule', () => {
  const finding = (most: number) => ({
    code: `AtMost${most}`, level: Level.WARNING, source: SOURCE, property: 'number', allowed: `must be at most ${most}`, found: 5, remedy: 'lower it',
  });

  expect(findingsOf(atMost(4), 5)).toEqual([finding(4)]);
  expect(findingsOf([atMost(4), atMost(5), atMost(3)], 5)).toEqual([finding(4), finding(3)]);
  expect(findingsOf(atMost(5), 5)).toEqual([]);
});
