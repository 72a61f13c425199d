/**
 * Replaces the text between `<!-- name -->` and `<!-- /name -->` in a page.
 */
export function replaceSection(page: string, name: string, content: string): string {
  const [from, to] = boundsOf(page, name);
  return `${page.slice(0, from)}\n${content}\n${page.slice(to)}`;
}

/** Returns the text between `<!-- name -->` and `<!-- /name -->`. */
export function readSection(page: string, name: string): string {
  return page.slice(...boundsOf(page, name));
}

function boundsOf(page: string, name: string): [number, number] {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The page has no section from ${start} to ${end}`);
  return [from + start.length, to];
}
