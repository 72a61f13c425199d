import { InstanceTypeFilter } from 'aws-cdk-lib/aws-lambda';

/** What the rules need to know of a capacity provider. */
export interface ProviderFacts {
  /** Names of the props that were given. */
  readonly given: string[];
  /** The architecture that was asked for. */
  readonly architecture?: string;
  /** The architecture that the selection of instances implies. */
  readonly selectedArchitecture?: string;
  /** Exact names or patterns. */
  readonly allowedInstanceTypes: string[];
}

interface Named {
  readonly name: string;
}

/** Reads the props of our construct. */
export function providerFacts(
  props: { readonly architecture?: Named },
  instances?: { readonly architecture?: Named; readonly filter?: InstanceTypeFilter },
): ProviderFacts {
  return {
    given: Object.entries(props).filter(([, value]) => value !== undefined).map(([name]) => name),
    architecture: props.architecture?.name,
    selectedArchitecture: instances?.architecture?.name,
    allowedInstanceTypes: instances?.filter?.allowedInstanceTypes?.map(String) ?? [],
  };
}
