import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { architectureOfType } from '../service/instance-families';

/**
 * Which EC2 instance types a fleet may run on.
 *
 * The selection is fixed when the capacity provider is created: changing it replaces the provider. AWS advises
 * to leave the choice to Lambda, or to exclude what must not be, since a short list of allowed types is more
 * likely to be out of stock
 * (https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-capacity-providers.html, read 2026-11-20).
 */
export class InstanceSelection {
  /**
   * Lambda chooses, and takes newer types as they come.
   *
   * @param architecture the processors to choose from; left out, those that the attached functions are built for
   */
  public static automatic(architecture?: lambda.Architecture): InstanceSelection {
    return new InstanceSelection(undefined, architecture);
  }

  /**
   * Lambda chooses among Graviton types, for functions built for arm64.
   */
  public static graviton(): InstanceSelection {
    return InstanceSelection.automatic(lambda.Architecture.ARM_64);
  }

  /**
   * Lambda chooses among Intel and AMD types, for functions built for x86_64.
   */
  public static x86(): InstanceSelection {
    return InstanceSelection.automatic(lambda.Architecture.X86_64);
  }

  /**
   * These types only: up to 400 of families C, M and R, all of one architecture, which becomes that of the fleet.
   */
  public static allow(...types: ec2.InstanceType[]): InstanceSelection {
    return InstanceSelection.of(lambda.InstanceTypeFilter.allow(types), sharedArchitecture(types));
  }

  /**
   * All types but these. Takes exact names and patterns with `*`: `m5.large`, `*.metal`.
   */
  public static exclude(...patterns: string[]): InstanceSelection {
    return InstanceSelection.of(lambda.InstanceTypeFilter.exclude(patterns.map((pattern) => new ec2.InstanceType(pattern))));
  }

  /**
   * A filter of CDK's own, for what the other ways can't say.
   */
  public static of(filter: lambda.InstanceTypeFilter, architecture?: lambda.Architecture): InstanceSelection {
    return new InstanceSelection(filter, architecture);
  }

  /**
   * The architecture that the selection implies.
   */
  public readonly architecture?: lambda.Architecture;

  /**
   * The types that are allowed or excluded, if any are named.
   */
  public readonly filter?: lambda.InstanceTypeFilter;

  private constructor(filter?: lambda.InstanceTypeFilter, architecture?: lambda.Architecture) {
    this.filter = filter;
    this.architecture = architecture;
  }
}

/** The architecture that all types share, as far as their names say. */
function sharedArchitecture(types: ec2.InstanceType[]): lambda.Architecture | undefined {
  const names = types.map((type) => architectureOfType(type.toString()));
  return [lambda.Architecture.ARM_64, lambda.Architecture.X86_64].find((architecture) => names.every((name) => name === architecture.name));
}
