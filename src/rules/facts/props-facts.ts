import { ConstructProperties } from './construct-properties';
import { Fact } from './fact';

/** What the rules need to know of the props of our construct, which no template shows. */
export interface PropsFacts {
  /** Names of the props that were given. */
  readonly given: string[];
  /** The architecture that was asked for. */
  readonly architecture?: string;
  /** The architecture that the selection of instances implies. */
  readonly selectedArchitecture?: string;
  /** How many NAT gateways were asked for. */
  readonly natGatewayCount: Fact<number>;
}

interface Named {
  readonly name: string;
}

interface Props {
  readonly architecture?: Named;
  readonly instances?: { readonly architecture?: Named };
  readonly scalingOptions?: { readonly scalingMode: string };
  readonly egress?: { readonly _natCount?: number };
}

/** Stands among the props that were given: what it contradicts is one of its values. */
export const AUTO_SCALING = 'ScalingOptions.auto()';

/** Reads the props of our construct. */
export function propsFacts(props: Props): PropsFacts {
  return {
    given: [
      ...Object.entries(props).filter(([, value]) => value !== undefined).map(([name]) => name),
      ...(props.scalingOptions?.scalingMode === 'Auto' ? [AUTO_SCALING] : []),
    ],
    architecture: props.architecture?.name,
    selectedArchitecture: props.instances?.architecture?.name,
    natGatewayCount: new ConstructProperties({ count: props.egress?._natCount }).number('count'),
  };
}
