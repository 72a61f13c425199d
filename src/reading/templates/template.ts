/** A template to check. */
export interface Template {
  readonly file: string;
  readonly body: any;
  /** Undefined for a nested stack: CloudFormation names it. */
  readonly stackName?: string;
  readonly account?: string;
  readonly region?: string;
  /** The resource that it is the nested stack of. */
  readonly nestedIn?: { readonly template: Template; readonly logicalId: string };
}
