/** Returns props without the nulls that callers in JavaScript may pass. */

/** Returns the props without those that are `null`. TypeScript refuses `null`, and other languages mean a prop that is left out. */
export function withoutNulls<Props extends object>(props: Props | null | undefined): Props {
  return Object.fromEntries(Object.entries(props ?? {}).filter(([, value]) => value !== null)) as Props;
}
