/** Props as callers in JavaScript give them. */

/** Without what is `null`, which TypeScript doesn't let through and which means the same as leaving it out. */
export function withoutNulls<Props extends object>(props: Props | null | undefined): Props {
  return Object.fromEntries(Object.entries(props ?? {}).filter(([, value]) => value !== null)) as Props;
}
