/** A template to check, from a synthesis or from a file. */
export interface Template {
  readonly file: string;
  /** The result of `JSON.parse`, unchecked. */
  readonly body: any;
  /** The name of the stack. Undefined for a nested stack, which CloudFormation names. */
  readonly stackName?: string;
  readonly account?: string;
  readonly region?: string;
  /** The known values of parameters. The defaults of other parameters may be overridden. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** The resources that couldn't be rendered, by their logical ids, with CDK's errors. */
  readonly unread?: ReadonlyMap<string, string>;
  /** The resource in the parent template that creates this nested stack. */
  readonly nestedIn?: { readonly template: Template; readonly logicalId: string };
}

/** Returns the entries of a section of a template. Empty if the section doesn't exist or isn't an object. */
export function entriesOf(section: unknown): [string, any][] {
  return typeof section === 'object' && section !== null && !Array.isArray(section) ? Object.entries(section) : [];
}

/** Returns the entry of an object from a template: its own entry, not one that all objects inherit. */
export function entryOf(holder: unknown, name: string): any {
  return typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name) ? (holder as Record<string, unknown>)[name] : undefined;
}

/** The metadata in which CDK names the construct of a resource. */
const PATH = 'aws:cdk:path';

/** Returns the path of the construct that made a resource, as synthesis names it, or undefined if the template doesn't say it. */
export function constructPathOf(resource: unknown): string | undefined {
  const path = entryOf(entryOf(resource, 'Metadata'), PATH);
  return typeof path === 'string' ? shortPath(path) : undefined;
}

/** Returns a construct path without a leading slash and a trailing `/Resource`. */
export function shortPath(path: string): string {
  return path.replace(/^\//, '').replace(/\/Resource$/, '');
}
