/**
 * Formats rows under titles, in columns as wide as necessary, with numbers aligned to the right. If a row would be too wide, long names in the first
 * column get a line of their own.
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

/** Breaks a text into lines of a maximum length, and indents all lines after the first. */
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

/** Splits a word that is too long for a line, such as a path. */
function pieces(word: string, most: number): string[] {
  return word.length <= most ? [word] : [word.slice(0, most), ...pieces(word.slice(most), most)];
}

const GAP = '  ';

/** Shortens a name at its beginning, because the end says more. */
export function shorten(text: string, width: number): string {
  return text.length <= width ? text : `…${text.slice(text.length - width + 1)}`;
}
