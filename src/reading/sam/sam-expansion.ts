/** What one SAM resource becomes: resources of CloudFormation, and names for them. */
/** Resources by their logical ids. */
export type Resources = Record<string, any>;

/** What one SAM resource becomes. */
export interface Expansion {
  readonly resources: Resources;
  /** Names that only SAM knows, such as `Orders.Alias`, with the logical ids that they stand for. */
  readonly names?: Record<string, string>;
}
