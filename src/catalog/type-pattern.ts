/**
 * Tells whether an instance type is meant by a name or a pattern in which `*` stands for anything: `c8g.*`, `*.metal`. A
 * function to be kept where many types are asked about.
 */
export function typeMatcher(pattern: string): (name: string) => boolean {
  if (!isPattern(pattern)) return (name) => name === pattern;
  // Several stars mean the same as one, and would keep the expression busy.
  const parts = pattern.split(/\*+/).map((part) => part.replace(/[.\\^$+?()[\]{}|]/g, '\\$&'));
  const expression = new RegExp(`^${parts.join('.*')}$`);
  return (name) => expression.test(name);
}

/** Whether it can mean several types. */
export function isPattern(entry: string): boolean {
  return entry.includes('*');
}
