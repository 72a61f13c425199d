/**
 * Returns a function that tells whether an instance type matches a name or a pattern. `*` stands for any characters: `c8g.*`, `*.metal`. To match
 * many types, keep the function.
 */
export function typeMatcher(pattern: string): (name: string) => boolean {
  if (!isPattern(pattern)) return (name) => name === pattern;
  // Several stars mean the same as one, and would make the expression slow.
  const parts = pattern.split(/\*+/).map((part) => part.replace(/[.\\^$+?()[\]{}|]/g, '\\$&'));
  const expression = new RegExp(`^${parts.join('.*')}$`);
  return (name) => expression.test(name);
}

/** Whether an entry can match several types. */
export function isPattern(entry: string): boolean {
  return entry.includes('*');
}
