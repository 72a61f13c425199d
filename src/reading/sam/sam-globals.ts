/** Applies SAM's `Globals`, which complete the properties of resources. */

/** The lists that a resource's own value replaces. Other lists are joined. */
const REPLACED = ['Architectures'];

/**
 * Returns the properties of a resource, completed by `Globals`. Maps are merged, lists are joined, and all other values of the resource replace those
 * of `Globals`.
 */
export function withGlobals(properties: unknown, globals: unknown): any {
  return merged(globals ?? {}, properties ?? {});
}

function merged(globals: unknown, own: unknown, name = ''): unknown {
  if (own === undefined || own === null) return globals;
  if (Array.isArray(globals) && Array.isArray(own) && !REPLACED.includes(name)) return [...globals, ...own];
  if (!isMap(globals) || !isMap(own)) return own;
  const result = { ...globals };
  for (const [key, value] of Object.entries(own)) result[key] = merged(globals[key], value, key);
  return result;
}

/** Whether a value is a map of properties rather than an intrinsic function. */
function isMap(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const [key, ...others] = Object.keys(value);
  return !(others.length === 0 && key !== undefined && (key === 'Ref' || key.startsWith('Fn::')));
}
