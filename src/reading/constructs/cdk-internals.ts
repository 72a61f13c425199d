/**
 * Everything that the library uses of aws-cdk-lib that isn't public API: any release of CDK may change it. A test covers each part.
 */
import { CfnElement, CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Lets `PropertyInjectors` of an app change the props of our constructs, as they change those of CDK's. */
export { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';

/** The code of an error of CDK is a literal that is marked as one. */
export { lit } from 'aws-cdk-lib/core/lib/helpers-internal';

/** Returns what an element adds to the template of its stack, unresolved. */
export function fragmentOf(element: CfnElement): any {
  return (element as any)._toCloudFormation();
}

/** The class of CDK that a construct is of, and no subclass of it: `aws-cdk-lib.aws_lambda.SingletonFunction`. */
export function cdkClassOf({ constructor }: IConstruct): string | undefined {
  const rtti = Symbol.for('jsii.rtti');
  // `propertyInjectable` puts a class of the same name around one that it lets be changed.
  const parent = Object.getPrototypeOf(constructor);
  const own: any = parent.name === constructor.name ? parent : constructor;
  const name: unknown = Object.prototype.hasOwnProperty.call(own, rtti) ? own[rtti].fqn : undefined;
  return typeof name === 'string' && name.startsWith('aws-cdk-lib.') ? name : undefined;
}

/** The properties that a resource without an L1 of its own was given, in the words of CloudFormation. */
export function rawPropertiesOf(resource: CfnResource): Record<string, unknown> | undefined {
  return resource.constructor.name === 'CfnResource' && cdkClassOf(resource) === 'aws-cdk-lib.CfnResource' ? (resource as any)._cfnProperties : undefined;
}

/** Whether a construct is of a class or a subclass of it. Told by name: another copy of a package has another class. */
export function isOfClass(construct: object | undefined, name: string): boolean {
  for (let owner = construct?.constructor as any; owner; owner = Object.getPrototypeOf(owner)) {
    if (owner.name === name || owner[Symbol.for('jsii.rtti')]?.fqn.endsWith(`.${name}`)) return true;
  }
  return false;
}

/** The text by which a warning says how it is acknowledged. */
export function acknowledgement(id: string): string {
  return `[ack: ${id}`;
}

/** The field of an L1 in which overrides are kept. A name, since it is looked at so often that no function is called for it. */
export const RAW_OVERRIDES = 'rawOverrides';

/** Whether a value was set past the properties of an L1 (`addPropertyOverride`), in a block or for all of it. */
export function isOverridden(resource: CfnResource, block: string, property: string): boolean {
  return (resource as any)[RAW_OVERRIDES]?.Properties?.[block]?.[property] !== undefined;
}

/** Returns the result of the last synthesis of a stage. The next synthesis replaces it at its end. */
export function lastSynthesisOf(stage: IConstruct): unknown {
  return (stage as any).assembly;
}
