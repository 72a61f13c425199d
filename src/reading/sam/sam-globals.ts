/** Applies SAM's `Globals`, which complete the properties of resources. */

/** Lists are joined, but of these the resource's own counts. */
const REPLACED = ['Architectures'];

/** The properties of a resource over those of `Globals`: maps are merged, lists joined, anything else is replaced. */
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

/** A map of properties, and not an intrinsic function. */
function isMap(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const [key, ...others] = Object.keys(value);
  return !(others.length === 0 && key !== undefined && (key === 'Ref' || key.startsWith('Fn::')));
}
