/**
 * Rows under titles, in columns as wide as they have to be; numbers to the right. Where all together are too wide, long
 * names in the first column get a line of their own.
 */
export function textTable(titles: string[], rows: string[][], most: number): string[] {
  const widths = titles.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  const excess = Math.max(0, widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length) - most);
  widths[0] = Math.max(titles[0].length, widths[0] - excess);
  const isNumber = titles.map((_, column) => column > 0 && rows.some((row) => /^[$\d]/.test(row[column])));
  const line = (cells: string[]) => cells.map((cell, column) => (
    isNumber[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column])
  )).join(GAP).trimEnd();
  return [
    line(titles),
    line(widths.map((width) => '-'.repeat(width))),
    ...rows.flatMap(([name, ...cells]) => (
      name.length <= widths[0] ? [line([name, ...cells])] : [shorten(name, most), line(['', ...cells])]
    )),
  ];
}

/** Breaks a text into lines of so many characters at most; those after the first are indented. */
export function wrap(text: string, most: number, indent: string = ''): string[] {
  const lines: string[] = [];
  let current = '';
  const words = text.split(' ').flatMap((word) => pieces(word, most - indent.length));
  for (const word of words) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (longer.length > most && current !== '') {
      lines.push(current);
      current = indent + word;
    } else {
      current = longer;
    }
  }
  return [...lines, current];
}

/** A word that is too long for a line, such as a path, in several. */
function pieces(word: string, most: number): string[] {
  return word.length <= most ? [word] : [word.slice(0, most), ...pieces(word.slice(most), most)];
}

const GAP = '  ';

/** The end of a name tells more than its beginning. */
export function shorten(text: string, width: number): string {
  return text.length <= width ? text : `…${text.slice(text.length - width + 1)}`;
}
