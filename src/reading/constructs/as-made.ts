/** Tells whether resources that this library created were changed later, which costs less than reading them again. */
import { CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { RAW_OVERRIDES } from './cdk-internals';

/** The fields of an L1 that change by themselves or aren't properties. */
const NO_PROPERTIES = ['dependsOn', 'tags', '_tagsRaw', '_logicalIdLocked', '_logicalIdOverride', '_crossStackReferenceStrength'];

/**
 * Resources in the state that they have when this object is created. Additions through the lists of CDK's constructs, such as another statement or
 * rule, go unnoticed, so statements about the resources must hold in spite of them.
 *
 * This is called for each fleet at each synthesis, so it uses no closures and doesn't call CDK.
 */
export class AsMade {
  private readonly resources: IConstruct[] = [];
  /** The fields of each resource, compared by identity: a token for a list of the L2 stays the same while the list grows. */
  private readonly fields: [string, unknown][][] = [];

  /** Remembers the resources among the given constructs. */
  constructor(constructs: IConstruct[]) {
    for (const construct of constructs) {
      if (!('cfnResourceType' in construct)) continue;
      this.resources.push(construct);
      this.fields.push(Object.entries(construct));
    }
  }

  /** Whether all resources are still in the tree, with the same properties, and without overrides and conditions. */
  public isUnchanged(): boolean {
    let scope: IConstruct | undefined;
    let siblings: IConstruct[] = [];
    for (const [index, construct] of this.resources.entries()) {
      const resource = construct as CfnResource;
      for (const [name, value] of this.fields[index]) {
        if ((resource as any)[name] !== value && !NO_PROPERTIES.includes(name)) return false;
      }
      if (Object.keys((resource as any)[RAW_OVERRIDES]).length > 0 || resource.cfnOptions.condition !== undefined) return false;
      if (resource.node.scope !== scope) {
        scope = resource.node.scope!;
        siblings = scope.node.children;
      }
      if (!siblings.includes(resource)) return false;
    }
    return true;
  }
}
