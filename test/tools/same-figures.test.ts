import { firstOtherFigure } from '../../tools/same-figures';

const WRITTEN = '| 1 function | 1.03 | 2 % |\n\nIts template is larger by 674 bytes.';

test.each([
  ['the same', WRITTEN],
  ['with white space around', `\n${WRITTEN}\n`],
  ['one more in the last digit', '| 1 function | 1.04 | 2 % |\n\nIts template is larger by 674 bytes.'],
  ['one less in the last digit', '| 1 function | 1.03 | 1 % |\n\nIts template is larger by 673 bytes.'],
])('finds nothing where the text is %s', (_what, now) => {
  expect(firstOtherFigure(WRITTEN, now)).toBeUndefined();
});

test.each([
  ['two more in the last digit', '| 1 function | 1.05 | 2 % |\n\nIts template is larger by 674 bytes.', '"| 1 function | 1.03 | 2 % |", now "| 1 function | 1.05 | 2 % |"'],
  ['another number of digits', '| 1 function | 1.030 | 2 % |\n\nIts template is larger by 674 bytes.', '"| 1 function | 1.03 | 2 % |", now "| 1 function | 1.030 | 2 % |"'],
  ['another word', '| 1 function | 1.03 | 2 % |\n\nIts template is smaller by 674 bytes.', '"Its template is larger by 674 bytes.", now "Its template is smaller by 674 bytes."'],
  ['a line less', '| 1 function | 1.03 | 2 % |', '"Its template is larger by 674 bytes.", now ""'],
  ['a line more', `${WRITTEN}\nMore.`, '"", now "More."'],
])('names the line where there is %s', (_what, now, expected) => {
  expect(firstOtherFigure(WRITTEN, now)).toBe(expected);
});
