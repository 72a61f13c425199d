/** Keeps the facts that the library knows about a capacity provider. */
import { ResourceEnvironment } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { AsMade } from '../reading/constructs/as-made';
import { keyOf } from '../reading/constructs/resource-behind';
import { Fact } from '../reading/fact';
import { StatedNetwork } from '../reading/stated-network';
import { Limits } from '../service/managed-instances-limits';

/** A function on a capacity provider. */
export interface Attachment {
  readonly provider: lambda.ICapacityProviderRef;
  readonly function: lambda.IFunctionRef;
  readonly resource: lambda.CfnFunction;
}

/** The facts about a provider that neither its resource nor the resources that it names show. */
export interface AroundProvider {
  readonly network?: { readonly vpc: ec2.IVpc; readonly subnets: ec2.ISubnet[] };
  /** Returns the facts that constructs state about that network. Called when the provider is judged. */
  readonly stated?: () => StatedNetwork;
  /** The `vpcConfig` for which `stated` holds. */
  readonly vpcConfig?: unknown;
  /** The operator role, if this library created it. */
  readonly role?: AsMade;
  /** Whether this app creates the key for volumes. */
  readonly ownKey?: boolean;
  /** Whether the operator role was allowed to use that key. */
  readonly keyGranted?: boolean;
  /** The environment of the log group, which its name doesn't show. */
  readonly logGroup?: ResourceEnvironment;
}

/** The kinds of listeners. They hear of each function on a provider in this order, whichever was added first. */
export enum Listener {
  /** Endpoints come first: they are part of what the function runs in. */
  ENDPOINTS,
  /** Alarms may be in the function's own stack, which may need those endpoints. */
  ALARMS,
  /** Schedules are in the function's own stack, too. */
  SCHEDULES,
}

/** A listener, with the functions that it has heard of so far. */
export interface Told {
  readonly order: Listener;
  readonly hear: (attachment: Attachment) => void;
  readonly heard: Set<lambda.CfnFunction>;
}

/** A kind of thing that a higher room keeps with a provider. The registry doesn't know the type of such things. */
export class Kind<Thing> {
  /** Lets the compiler distinguish kinds. */
  declare protected readonly thing: Thing;
}

/** The record of one provider. */
export class ProviderRecord {
  /** The functions that this copy of the library attached, in the order of the calls. */
  public readonly attachments: Attachment[] = [];
  /** The listeners, with the functions that they have heard of. */
  public readonly listeners: Told[] = [];
  /** The limits for the provider and its functions. The library judges only providers with limits. */
  public limits?: Limits;
  /** The properties that the user states about a provider that was created elsewhere, in the shape of the resource. */
  public stated?: Partial<lambda.CfnCapacityProviderProps>;
  /** The facts from constructs around the provider. Set for each provider that is judged at synthesis. */
  public around?: AroundProvider;
  /** The value among its properties that stands for the architecture of its functions. */
  public architectureToCome?: unknown;
  /** The value of `propagateTags` that stands for the inherited tags. */
  public tagsToCome?: unknown;
  /**
   * The architecture that all functions of the provider share, as found when the stage was validated. CDK then renders the template and the tree of
   * the app, and each of them takes the value once. The next synthesis, which begins with preparing, drops it, and so does each attached function. So
   * it can only be stale if constructs change while others are validated.
   */
  public architectureAtRendering?: { readonly value: Fact<string>; readonly takers: Set<string | undefined> };

  private readonly kept = new Map<unknown, unknown[]>();

  /** Returns the list of things of a kind, to which the caller may add. */
  public keep<Thing>(kind: Kind<Thing>): Thing[] {
    const things = this.kept.get(kind) ?? [];
    this.kept.set(kind, things);
    return things as Thing[];
  }
}

/**
 * The records by `CfnCapacityProvider`, so that our construct, the L2 and the L1 of one provider share one record. Each import of a provider has a
 * record of its own.
 */
const RECORDS = new WeakMap<IConstruct, ProviderRecord>();

/** Returns the record of a provider, and creates it on first use. */
export function recordOf(provider: IConstruct): ProviderRecord {
  // In most cases the provider is its own key.
  const known = RECORDS.get(provider);
  if (known) return known;
  const key = keyOf(provider);
  const record = RECORDS.get(key) ?? new ProviderRecord();
  RECORDS.set(key, record);
  return record;
}

/** Returns the record of a provider by its key, if the library has seen the provider. */
export function knownRecordOf(key: IConstruct): ProviderRecord | undefined {
  return RECORDS.get(key);
}

/** Whether a construct has a record. This is called for each construct of an app, so it must be cheap. */
export const isRemembered: (construct: IConstruct) => boolean = RECORDS.has.bind(RECORDS);

/** Returns the limits for a provider. Undefined if the library doesn't know it. */
export function limitsOf(provider: IConstruct): Limits | undefined {
  return RECORDS.get(keyOf(provider))?.limits;
}
