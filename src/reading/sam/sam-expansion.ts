/** The result of expanding one SAM resource into CloudFormation resources. */
/** The resources by their logical ids. */
export type Resources = Record<string, any>;

/** The result of expanding one SAM resource. */
export interface Expansion {
  readonly resources: Resources;
  /** Names that only SAM knows, such as `Orders.Alias`, with the logical ids that they stand for. */
  readonly names?: Record<string, string>;
}
