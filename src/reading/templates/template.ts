/** A template to check, from a synthesis or from a file. */
export interface Template {
  readonly file: string;
  /** The result of `JSON.parse`, unchecked. */
  readonly body: any;
  /** The name of the stack. Undefined for a nested stack, which CloudFormation names. */
  readonly stackName?: string;
  readonly account?: string;
  readonly region?: string;
  /** The values of parameters, where they are known. The defaults of others may be overridden. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** The resources that couldn't be rendered, by their logical ids, with CDK's errors. */
  readonly unread?: ReadonlyMap<string, string>;
  /** The resource that it is the nested stack of. */
  readonly nestedIn?: { readonly template: Template; readonly logicalId: string };
}

/** The entries of a section of a template, or of anything else: none where there is no such section. */
export function entriesOf(section: unknown): [string, any][] {
  return typeof section === 'object' && section !== null && !Array.isArray(section) ? Object.entries(section) : [];
}

/** Returns the entry of an object from a template: its own entry, not one that all objects inherit. */
export function entryOf(holder: unknown, name: string): any {
  return typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name) ? (holder as Record<string, unknown>)[name] : undefined;
}
