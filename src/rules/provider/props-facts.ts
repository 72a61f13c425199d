import { ConstructProperties } from '../../reading/constructs/construct-properties';
import { isToken } from '../../reading/constructs/token';
import { Fact, UNKNOWN } from '../../reading/fact';

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
  /** Whether the NAT provider that was given has made gateways or instances already. */
  readonly natProviderUsed: boolean;
  /** How many zones were asked for, by either property. */
  readonly maxAzs: Fact<number>;
  readonly availabilityZones: Fact<number>;
  /** Whether an alias was given as the key for volumes: CDK takes it for one. */
  readonly keyIsAlias: boolean;
}

interface Named {
  readonly name: string;
}

interface Props {
  readonly architecture?: Named;
  readonly instances?: { readonly architecture?: Named };
  readonly scalingOptions?: { readonly scalingMode: string };
  readonly egress?: { readonly _natCount?: number; readonly _natProvider?: { readonly configuredGateways: unknown[] } };
  readonly maxAzs?: number;
  readonly availabilityZones?: string[];
  readonly kmsKey?: object;
}

/** Stands among the props that were given: what it contradicts is one of its values. */
export const AUTO_SCALING = 'ScalingOptions.auto()';

/** Reads the props of our construct. */
export function propsFacts(props: Props): PropsFacts {
  const { maxAzs, availabilityZones, kmsKey } = props;
  const numbers = new ConstructProperties({ natGatewayCount: props.egress?._natCount, maxAzs });
  return {
    given: [
      ...Object.entries(props).filter(([, value]) => value !== undefined).map(([name]) => name),
      ...(props.scalingOptions?.scalingMode === 'Auto' ? [AUTO_SCALING] : []),
    ],
    architecture: props.architecture?.name,
    selectedArchitecture: props.instances?.architecture?.name,
    natGatewayCount: numbers.number('natGatewayCount'),
    natProviderUsed: (props.egress?._natProvider?.configuredGateways ?? []).length > 0,
    maxAzs: numbers.number('maxAzs'),
    availabilityZones: isToken(availabilityZones) ? UNKNOWN : availabilityZones?.length,
    keyIsAlias: kmsKey !== undefined && 'aliasName' in kmsKey,
  };
}
