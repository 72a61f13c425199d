import { replaceSection } from '../../tools/generated-section';

const PAGE = 'before\n<!-- limits -->\nold\n<!-- /limits -->\nafter\n';

test('replaces what is between the markers, and nothing else', () => {
  expect(replaceSection(PAGE, 'limits', '| new |')).toBe('before\n<!-- limits -->\n| new |\n<!-- /limits -->\nafter\n');
});

test('changes nothing the second time', () => {
  const once = replaceSection(PAGE, 'limits', '$& | new |');

  expect(replaceSection(once, 'limits', '$& | new |')).toBe(once);
});

test.each(['no markers', '<!-- limits -->', '<!-- /limits --><!-- limits -->'])('refuses %j', (page) => {
  expect(() => replaceSection(page, 'limits', 'new')).toThrow('no section from <!-- limits --> to <!-- /limits -->');
});
