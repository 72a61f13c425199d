/** Finds what may change the number of execution environments of a function besides schedules: policies, state machines and custom resources. */
import { Fact, isKnown, UNKNOWN } from './fact';
import { allowingStatements, allowsAction, inlineStatements, matchesPattern, Statement } from './policy-statements';
import { PropertySource } from './property-source';
import { ResourceGraph } from './resource-graph';
import { FUNCTION, PERMISSION, POLICY_DOCUMENTS, POLICY_HOLDERS, ResourceView, ROLE, ROLE_POLICY, SCHEDULE, SDK_CALL } from './resource-view';
import { Text } from './text';
import { inAnyWorld } from './worlds';
import { AWS_POLICIES_TO_SCALE, PUT_SCALING_CONFIG, PUT_SCALING_CONFIG_BY_SDK, PUT_SCALING_CONFIG_CALL } from '../service/put-scaling-config';

/** Which functions somebody may scale. */
interface Scaled {
  readonly keys: Set<object>;
  /** Patterns of names; `*` for what isn't known. */
  readonly names: Set<string>;
}

const SCALED = new WeakMap<object, Scaled>();

/** Whether something in the app may change the number of environments of a function, in whatever world. Schedules, which say when, are read elsewhere. */
export function mayBeScaled(fn: ResourceView, graph: ResourceGraph<ResourceView>): boolean {
  const { keys, names } = SCALED.get(graph) ?? scaledIn(graph);
  if (keys.has(fn.key) || names.has('*')) return true;
  const name = fn.properties.string('functionName');
  // CloudFormation begins the names that it gives with those of the stack and of the resource: a pattern may mean that.
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

/** Whether a policy belongs to roles of schedules only: what a schedule does with its role is known. */
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

/** The function among the parameters of a call. A name that only the run knows is any: `FunctionName.$`, or JSONata. */
function namedIn(parameters: PropertySource): Fact<string | Text>[] {
  if (parameters.has('functionName.$')) return [UNKNOWN];
  return parameters.leaves('functionName').map((name) => (/^(\{%|\$\{)/.test(String(name)) && !isReferring(name) ? UNKNOWN : name));
}

function isReferring(name: string | Text): boolean {
  return name instanceof Text && name.references().length > 0;
}

/** A function by a reference, also by its versions and aliases, or by its name or ARN. */
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
