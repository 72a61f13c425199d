/** Tells whether somebody changed resources that this library made, which costs less than to read them again. */
import { CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { RAW_OVERRIDES } from './cdk-internals';

/** Fields of an L1 that change by themselves, or say nothing about its properties. */
const NO_PROPERTIES = ['dependsOn', 'tags', '_tagsRaw', '_logicalIdLocked', '_logicalIdOverride', '_crossStackReferenceStrength'];

/**
 * Resources as they stand when this is created. What CDK's constructs add through their own lists goes unnoticed, for instance a
 * further statement or rule: what is said of the resources must hold all the same.
 *
 * There are neither closures nor questions to CDK here: this is asked for each fleet at each synthesis.
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

  /** Whether all of them are still in the tree, with the same properties, and without overrides and conditions. */
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
