/**
 * Finds the resources besides schedules that may change the number of execution environments of a function: policies, state machines and custom
 * resources.
 */
import { Fact, isKnown, UNKNOWN } from './fact';
import { allowingStatements, allowsAction, inlineStatements, matchesPattern, Statement } from './policy-statements';
import { PropertySource } from './property-source';
import { ResourceGraph } from './resource-graph';
import { FUNCTION, PERMISSION, POLICY_DOCUMENTS, POLICY_HOLDERS, ResourceView, ROLE, ROLE_POLICY, SCHEDULE, SDK_CALL } from './resource-view';
import { Text } from './text';
import { inAnyWorld } from './worlds';
import { AWS_POLICIES_TO_SCALE, PUT_SCALING_CONFIG, PUT_SCALING_CONFIG_BY_SDK, PUT_SCALING_CONFIG_CALL } from '../service/put-scaling-config';

/** The functions that some resource may scale. */
interface Scaled {
  readonly keys: Set<object>;
  /** Patterns for the names of functions. `*` stands for unknown parts. */
  readonly names: Set<string>;
}

const SCALED = new WeakMap<object, Scaled>();

/**
 * Whether any resource of the app may change the number of environments of a function, in any world. Schedules aren't included, because
 * scaling-schedules.ts reads them.
 */
export function mayBeScaled(fn: ResourceView, graph: ResourceGraph<ResourceView>): boolean {
  const { keys, names } = SCALED.get(graph) ?? scaledIn(graph);
  if (keys.has(fn.key) || names.has('*')) return true;
  const name = fn.properties.string('functionName');
  // A pattern may match a name that CloudFormation generates, which begins with the names of the stack and the resource.
  return [...names].some((pattern) => (isKnown(name) ? matchesPattern(pattern, name) : /[*?]/.test(pattern)));
}

function scaledIn(graph: ResourceGraph<ResourceView>): Scaled {
  const scaled: Scaled = { keys: new Set(), names: new Set() };
  const ofSchedules = new Set(graph.ofType(SCHEDULE).flatMap(({ properties }) => properties.references('target', 'roleArn')).map(({ key }) => key));
  for (const resource of graph.scalers) {
    inAnyWorld(() => {
      if (resource.isLeftOut || isOnlyOf(resource, ofSchedules)) return;
      for (const named of namedBy(resource)) note(named, graph, scaled);
    });
  }
  SCALED.set(graph, scaled);
  return scaled;
}

/** Whether a policy belongs only to roles of schedules, whose effect is known from the schedules. */
function isOnlyOf({ type, key, properties }: ResourceView, roles: ReadonlySet<object>): boolean {
  if (roles.size === 0) return false;
  const holders = type === ROLE ? [{ key }] : properties.references(type === ROLE_POLICY ? 'roleName' : 'roles');
  return holders.length > 0 && holders.every((holder) => roles.has(holder.key));
}

/** Returns the texts that name functions. `UNKNOWN` means any function. */
function namedBy({ type, properties }: ResourceView): Fact<string | Text>[] {
  if (POLICY_DOCUMENTS.includes(type)) return allowingStatements(properties, 'policyDocument').flatMap(namedByStatement);
  if (POLICY_HOLDERS.includes(type)) return hasAwsPolicy(properties) ? [UNKNOWN] : inlineStatements(properties).flatMap(namedByStatement);
  if (type === PERMISSION) return allowsAction(properties, `lambda:${PUT_SCALING_CONFIG}`) === false ? [] : properties.leaves('functionName');
  if (type === SDK_CALL) return ['create', 'update'].flatMap((event) => namedByCall(properties.json(event)));
  return [...properties.blocks('definition'), ...blocksOf(properties.json('definitionString'))]
    .filter((block) => isCall(block.text('resource'), PUT_SCALING_CONFIG_CALL))
    .flatMap((task) => ['parameters', 'arguments'].flatMap((path) => task.blocks(path).slice(0, 1)))
    .flatMap(namedIn);
}

function namedByStatement(statement: Statement): Fact<string | Text>[] {
  if (allowsAction(statement, `lambda:${PUT_SCALING_CONFIG}`) === false) return [];
  return statement === UNKNOWN || !statement.has('resource') ? [UNKNOWN] : statement.leaves('resource');
}

function hasAwsPolicy(properties: PropertySource): boolean {
  const arns = properties.entries('managedPolicyArns');
  return isKnown(arns) && arns.some((arn) => isCall(arn.text(), AWS_POLICIES_TO_SCALE));
}

/** Reads the call of an `AwsCustomResource`. Its service and action have several spellings. */
function namedByCall(document: Fact<PropertySource>): Fact<string | Text>[] {
  const [call, ...inner] = blocksOf(document);
  const { service, action } = call?.texts() ?? {};
  return isCall(service, /lambda$/i) && isCall(action, PUT_SCALING_CONFIG_BY_SDK) ? inner.flatMap(namedIn) : [];
}

function blocksOf(document: Fact<PropertySource>): PropertySource[] {
  return isKnown(document) ? document.blocks() : [];
}

function isCall(text: Fact<string>, pattern: RegExp): boolean {
  return isKnown(text) && pattern.test(text);
}

/** Returns the function among the parameters of a call. A name that is known only at run time (`FunctionName.$`, or JSONata) may be any function. */
function namedIn(parameters: PropertySource): Fact<string | Text>[] {
  if (parameters.has('functionName.$')) return [UNKNOWN];
  return parameters.leaves('functionName').map((name) => (/^(\{%|\$\{)/.test(String(name)) && !isReferring(name) ? UNKNOWN : name));
}

function isReferring(name: string | Text): boolean {
  return name instanceof Text && name.references().length > 0;
}

/** Records a function that is named by a reference to it or to one of its versions or aliases, or by its name or ARN. */
function note(named: Fact<string | Text>, graph: ResourceGraph<ResourceView>, { keys, names }: Scaled): void {
  if (!isKnown(named)) {
    names.add('*');
    return;
  }
  if (named instanceof Text && named.references().length > 0) {
    for (const { key } of named.references()) {
      const target = graph.resource(key);
      const fn = target?.type === FUNCTION ? target : target && graph.functionOf(target);
      if (fn) keys.add(fn.key);
    }
    return;
  }
  const text = String(named).replace(/\$\{[^}]*\}/g, '*');
  const [first, , service = '*', , , kind = '*', name = '*'] = text.split(':');
  if (first !== 'arn') names.add(first);
  else if (matchesPattern(service, 'lambda') && matchesPattern(kind, 'function')) names.add(name);
}
