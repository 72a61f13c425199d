/**
 * All parts of aws-cdk-lib that the library uses although they aren't public API, so any release of CDK may change them. A test covers each part.
 */
import { CfnElement, CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Lets the `PropertyInjectors` of an app change the props of our constructs, as they do for CDK's constructs. */
export { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';

/** Marks a literal as the code of one of CDK's errors. */
export { lit } from 'aws-cdk-lib/core/lib/helpers-internal';

/** Returns what an element adds to the template of its stack, unresolved. */
export function fragmentOf(element: CfnElement): any {
  return (element as any)._toCloudFormation();
}

/** Returns the name of a construct's class if it is CDK's own class, and not a subclass of it: `aws-cdk-lib.aws_lambda.SingletonFunction`. */
export function cdkClassOf({ constructor }: IConstruct): string | undefined {
  const rtti = Symbol.for('jsii.rtti');
  // `propertyInjectable` wraps a class in another class of the same name.
  const parent = Object.getPrototypeOf(constructor);
  const own: any = parent.name === constructor.name ? parent : constructor;
  const name: unknown = Object.prototype.hasOwnProperty.call(own, rtti) ? own[rtti].fqn : undefined;
  return typeof name === 'string' && name.startsWith('aws-cdk-lib.') ? name : undefined;
}

/** Returns the properties of a raw `CfnResource`, in CloudFormation's words. */
export function rawPropertiesOf(resource: CfnResource): Record<string, unknown> | undefined {
  return resource.constructor.name === 'CfnResource' && cdkClassOf(resource) === 'aws-cdk-lib.CfnResource' ? (resource as any)._cfnProperties : undefined;
}

/**
 * Whether a construct is an instance of a class or a subclass of it. Classes are compared by name, because another copy of a package has another
 * class.
 */
export function isOfClass(construct: object | undefined, name: string): boolean {
  for (let owner = construct?.constructor as any; owner; owner = Object.getPrototypeOf(owner)) {
    if (owner.name === name || owner[Symbol.for('jsii.rtti')]?.fqn.endsWith(`.${name}`)) return true;
  }
  return false;
}

/** Returns the text in a warning that shows how to acknowledge it. */
export function acknowledgement(id: string): string {
  return `[ack: ${id}`;
}

/** The field of an L1 that contains overrides. It is a name rather than a function, because it is read so often. */
export const RAW_OVERRIDES = 'rawOverrides';

/** Whether a property of an L1, or the whole block, was overridden (`addPropertyOverride`). */
export function isOverridden(resource: CfnResource, block: string, property: string): boolean {
  return (resource as any)[RAW_OVERRIDES]?.Properties?.[block]?.[property] !== undefined;
}

/** Returns the result of the last synthesis of a stage. The next synthesis replaces it at its end. */
export function lastSynthesisOf(stage: IConstruct): unknown {
  return (stage as any).assembly;
}
