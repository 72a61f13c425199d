import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { AppResources, policiesOf } from '../../reading/constructs/app-resources';
import { Fact, UNKNOWN } from '../../reading/fact';
import { LAMBDA_PRINCIPAL, OPERATOR_POLICY } from '../../service/operator-role';

/** What the rules need to know of the role with which Lambda launches instances. */
export interface OperatorRoleFacts {
  /** Whether Lambda may assume it. */
  readonly trustsLambda: Fact<boolean>;
  /** Whether its trust asks for the account on whose behalf Lambda acts. */
  readonly asksForSourceAccount: Fact<boolean>;
  /** Whether it has AWS's managed policy. */
  readonly hasManagedPolicy: Fact<boolean>;
  /** Whether its own statements allow an action somewhere. */
  readonly allows: (action: string) => Fact<boolean>;
}

interface Statement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Condition?: unknown;
}

/** Reads a role of this app; nothing is known of an imported one. */
export function operatorRoleFacts(role: IConstruct): OperatorRoleFacts {
  const resource = role.node.defaultChild;
  if (!iam.CfnRole.isCfnRole(resource)) {
    return { trustsLambda: UNKNOWN, asksForSourceAccount: UNKNOWN, hasManagedPolicy: UNKNOWN, allows: () => UNKNOWN };
  }
  const trust = () => allowing(statementsOf(resource, resource.assumeRolePolicyDocument));
  const policies = () => listOf(resource.stack.resolve(resource.managedPolicyArns)).map((arn) => JSON.stringify(arn));
  return {
    get trustsLambda() { return anyStatement(trust(), ({ Principal }) => namesLambda(Principal)); },
    get asksForSourceAccount() { return anyStatement(trust(), ({ Condition }) => /aws:source(account|arn)/i.test(JSON.stringify(Condition ?? {}))); },
    get hasManagedPolicy() {
      if (policies().some((arn) => arn.includes(`:policy/${OPERATOR_POLICY}"`))) return true;
      // What is in a policy of somebody's own isn't seen from here.
      return policies().some((arn) => !arn.includes(':iam::aws:policy/')) ? UNKNOWN : false;
    },
    allows: (action) => anyStatement(allowing(ownStatements(resource)), ({ Action, NotAction }) => (
      NotAction === undefined ? anyEntry(Action, (pattern) => matches(pattern, action)) : UNKNOWN
    )),
  };
}

/** The statements of the role itself and of the policies in this app that are attached to it. */
function ownStatements(role: iam.CfnRole): Fact<Statement[]> {
  const inline = listOf(role.stack.resolve(role.policies)).map((policy) => (policy as { policyDocument?: unknown }).policyDocument);
  const attached = policiesOf(role, new AppResources(role)).map(({ policyDocument }) => policyDocument);
  const statements = [...inline, ...attached].map((document) => statementsOf(role, document));
  return statements.includes(UNKNOWN) ? UNKNOWN : statements.flatMap((some) => some as Statement[]);
}

function statementsOf(role: iam.CfnRole, document: unknown): Fact<Statement[]> {
  const { Statement: statements } = (role.stack.resolve(document) ?? {}) as { Statement?: unknown };
  return statements === undefined ? UNKNOWN : listOf(statements) as Statement[];
}

function allowing(statements: Fact<Statement[]>): Fact<Statement[]> {
  return Array.isArray(statements) ? statements.filter(({ Effect }) => Effect === undefined || Effect === 'Allow') : statements;
}

function anyStatement(statements: Fact<Statement[]>, holds: (statement: Statement) => Fact<boolean>): Fact<boolean> {
  if (!Array.isArray(statements)) return UNKNOWN;
  const facts = statements.map(holds);
  if (facts.includes(true)) return true;
  return facts.includes(UNKNOWN) ? UNKNOWN : false;
}

function namesLambda(principal: unknown): Fact<boolean> {
  if (principal === '*') return true;
  const { Service: service, AWS: account } = (principal ?? {}) as { Service?: unknown; AWS?: unknown };
  if (account === '*') return true;
  return anyEntry(service, (name) => name === LAMBDA_PRINCIPAL);
}

/** Of one text or a list of them; what an intrinsic function gives is unknown. */
function anyEntry(entries: unknown, holds: (text: string) => boolean): Fact<boolean> {
  const list = listOf(entries);
  if (list.some((entry) => typeof entry === 'string' && holds(entry))) return true;
  return list.some((entry) => typeof entry !== 'string' || Token.isUnresolved(entry)) ? UNKNOWN : false;
}

/** Whether an action pattern of IAM, `ec2:Run*`, covers an action. */
function matches(pattern: string, action: string): boolean {
  const expression = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${expression}$`, 'i').test(action);
}

function listOf(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
