/** The only place that knows which rules apply to a capacity provider and the resources around it. */
import { ElsewhereFacts, ELSEWHERE_RULES, GrantFacts, GRANT_RULES } from './elsewhere-rules';
import { NatInstanceFacts, NAT_INSTANCE_RULES } from './nat-instance-rules';
import { DefaultSubnetsFacts, NetworkFacts } from './network-facts';
import { DEFAULT_SUBNETS_RULES, NETWORK_RULES } from './network-rules';
import { OperatorRoleFacts } from './operator-role-facts';
import { OPERATOR_ROLE_RULES } from './operator-role-rules';
import { PLACE_RULES } from './place-rules';
import { ProviderFacts } from './provider-facts';
import { PROVIDER_RULES } from './provider-rules';
import { Place } from '../../reading/resource-view';
import { ALWAYS, Judge, NOT_AT_CALL } from '../judge';
import { Moment } from '../rule';

/** The facts about a capacity provider and the resources around it. */
export interface ProviderCase {
  readonly provider?: ProviderFacts;
  readonly place?: Place;
  /** The Regions and accounts of the resources that the provider names. */
  readonly elsewhere?: ElsewhereFacts;
  readonly network?: NetworkFacts;
  readonly operatorRole?: OperatorRoleFacts;
  /** The VPC in which subnets are chosen for the provider. */
  readonly defaultSubnets?: DefaultSubnetsFacts;
  /** The security group of a NAT instance through which the provider's instances send. */
  readonly natInstance?: NatInstanceFacts;
  /** The principals that may put functions on the capacity provider. */
  readonly grant?: GrantFacts;
}

export const PROVIDER_JUDGE = new Judge<ProviderCase>({
  provider: { moments: ALWAYS, rules: PROVIDER_RULES },
  place: { moments: ALWAYS, rules: PLACE_RULES },
  elsewhere: { moments: NOT_AT_CALL, rules: ELSEWHERE_RULES },
  network: { moments: NOT_AT_CALL, rules: NETWORK_RULES },
  operatorRole: { moments: NOT_AT_CALL, rules: OPERATOR_ROLE_RULES },
  defaultSubnets: { moments: [Moment.CALL], rules: DEFAULT_SUBNETS_RULES },
  natInstance: { moments: NOT_AT_CALL, rules: NAT_INSTANCE_RULES },
  grant: { moments: [Moment.SYNTHESIS], rules: GRANT_RULES },
});
