/** The rules about the role with which Lambda launches instances. */
import { OperatorRoleFacts } from './operator-role-facts';
import { LAMBDA_PRINCIPAL, LAUNCH_ACTIONS, OPERATOR_POLICY, SYSTEM_LOG_ACTIONS } from '../../service/operator-role';
import { PAGES } from '../../service/pages';
import { Level, Rule } from '../rule';

/** The rules about the role with which Lambda launches instances. */
export const OPERATOR_ROLE_RULES: Rule<OperatorRoleFacts>[] = [
  {
    code: 'OperatorRolePolicy',
    level: Level.WARNING,
    what: 'The operator role has AWS\'s managed policy, or the same statements.',
    why: 'No instance is launched, or system logs vanish without an error.',
    source: PAGES.operatorRole,
    check({ hasManagedPolicy, wrongPath, allows }, { term, words }) {
      if (hasManagedPolicy === true) return undefined;
      const managed = `arn:aws:iam::aws:policy/${OPERATOR_POLICY}`;
      const rest = {
        property: term('operatorRole'),
        allowed: `should have the managed policy ${OPERATOR_POLICY}, or the same statements`,
        remedy: words(`add iam.ManagedPolicy.fromAwsManagedPolicyName('${OPERATOR_POLICY}')`, `add ${managed} to ManagedPolicyArns`),
      };
      if (wrongPath !== undefined) return { ...rest, verb: 'has', found: `${wrongPath}, which doesn't exist (the policy has no path)` };
      if (hasManagedPolicy !== false) return undefined;
      const missing = [...LAUNCH_ACTIONS, ...SYSTEM_LOG_ACTIONS].filter((action) => allows(action) === false);
      return missing.length === 0 ? undefined : { ...rest, verb: 'lacks', found: missing.join(', ') };
    },
  },
  {
    code: 'OperatorRoleTrust',
    level: Level.ERROR,
    what: 'Lambda may assume the operator role.',
    why: 'Lambda refuses the capacity provider: "The operator role is invalid or doesn\'t have sufficient permissions".',
    source: PAGES.operatorRole,
    check({ trustsLambda }, { term, words }) {
      if (trustsLambda !== false) return undefined;
      return {
        property: term('operatorRole'),
        verb: 'trusts',
        allowed: `must trust ${LAMBDA_PRINCIPAL}`,
        found: 'only others',
        remedy: words(
          `create it with assumedBy: new iam.ServicePrincipal('${LAMBDA_PRINCIPAL}')`,
          `allow sts:AssumeRole to the Service ${LAMBDA_PRINCIPAL} in AssumeRolePolicyDocument`,
        ),
      };
    },
  },
  {
    code: 'OperatorRoleSourceAccount',
    level: Level.INFO,
    what: 'The operator role\'s trust policy checks the account on whose behalf Lambda acts (`aws:SourceAccount`).',
    why: 'Without the check, Lambda could be tricked into using the role for another account.',
    source: PAGES.confusedDeputy,
    check({ trustsLambda, asksForSourceAccount }, { term }) {
      if (trustsLambda !== true || asksForSourceAccount !== false) return undefined;
      return {
        property: term('operatorRole'),
        verb: 'has',
        allowed: 'Lambda should be able to assume it for one account only',
        found: 'a trust policy without a condition on aws:SourceAccount',
        remedy: 'add the condition StringEquals aws:SourceAccount with your account',
      };
    },
  },
];
