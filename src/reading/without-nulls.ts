/** Returns props without the nulls that callers in JavaScript may pass. */

/** Returns the props without those that are `null`. TypeScript refuses `null`, and in other languages it means that the prop is left out. */
export function withoutNulls<Props extends object>(props: Props | null | undefined): Props {
  return Object.fromEntries(Object.entries(props ?? {}).filter(([, value]) => value !== null)) as Props;
}
