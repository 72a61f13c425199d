/** The record of what the library knows about a capacity provider. */
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
  /** Returns what constructs state about that network. Called when the provider is judged. */
  readonly stated?: () => StatedNetwork;
  /** The `vpcConfig` that it was stated for. */
  readonly vpcConfig?: unknown;
  /** The operator role, if this library created it. */
  readonly role?: AsMade;
  /** Whether the key for volumes is made by this app. */
  readonly ownKey?: boolean;
  /** Whether the operator role was allowed to use that key. */
  readonly keyGranted?: boolean;
  /** The environment of the log group, which its name doesn't show. */
  readonly logGroup?: ResourceEnvironment;
}

/** The kinds of listeners that hear of each function on a provider, in this order, whichever was added first. */
export enum Listener {
  /** Endpoints come first: they are part of what the function runs in. */
  ENDPOINTS,
  /** Alarms may stand in the function's own stack, which may need those endpoints. */
  ALARMS,
  /** Schedules stand in the function's own stack, too. */
  SCHEDULES,
}

/** A listener, with the functions that it has heard of so far. */
export interface Told {
  readonly order: Listener;
  readonly hear: (attachment: Attachment) => void;
  readonly heard: Set<lambda.CfnFunction>;
}

/** A kind of thing that a room above keeps with a provider, since the registry doesn't know its type. */
export class Kind<Thing> {
  /** Tells kinds apart for the compiler, too. */
  declare protected readonly thing: Thing;
}

/** The record of one provider. */
export class ProviderRecord {
  /** The functions that this copy of the library attached, in the order of the calls. */
  public readonly attachments: Attachment[] = [];
  /** The listeners, with the functions that they have heard of. */
  public readonly listeners: Told[] = [];
  /** The limits that count for the provider and its functions. The library judges providers that have some. */
  public limits?: Limits;
  /** The properties that the user states about a provider that was created elsewhere, in the shape of the resource. */
  public stated?: Partial<lambda.CfnCapacityProviderProps>;
  /** Given for each provider that is judged at synthesis. */
  public around?: AroundProvider;
  /** The value among its properties that stands for the architecture of its functions. */
  public architectureToCome?: unknown;
  /** The value of `propagateTags` that stands for the inherited tags. */
  public tagsToCome?: unknown;
  /**
   * The architecture that all its functions share, as the validation of the stage found it, for what CDK renders next: the template, and
   * the tree of the app. Each takes it once, and the next synthesis, which prepares first, and each function that is attached drop
   * it. So it can't be stale, unless somebody changes constructs while others are validated.
   */
  public architectureAtRendering?: { readonly value: Fact<string>; readonly takers: Set<string | undefined> };

  private readonly kept = new Map<unknown, unknown[]>();

  /** The things of a kind that are kept so far, to add some. */
  public keep<Thing>(kind: Kind<Thing>): Thing[] {
    const things = this.kept.get(kind) ?? [];
    this.kept.set(kind, things);
    return things as Thing[];
  }
}

/**
 * Kept for each `CfnCapacityProvider`, so that our construct, the L2 and the L1 of one provider share one record. An
 * imported provider has one of its own for each import.
 */
const RECORDS = new WeakMap<IConstruct, ProviderRecord>();

/** The record of a provider, made where there is none yet. */
export function recordOf(provider: IConstruct): ProviderRecord {
  // It mostly stands for itself.
  const known = RECORDS.get(provider);
  if (known) return known;
  const key = keyOf(provider);
  const record = RECORDS.get(key) ?? new ProviderRecord();
  RECORDS.set(key, record);
  return record;
}

/** The record of a provider that the library has seen, by what stands for it. */
export function knownRecordOf(key: IConstruct): ProviderRecord | undefined {
  return RECORDS.get(key);
}

/** Whether there is a record: asked for each construct of an app, so that it must cost nothing. */
export const isRemembered: (construct: IConstruct) => boolean = RECORDS.has.bind(RECORDS);

/** The limits that count for a provider, unless the library knows nothing of it. */
export function limitsOf(provider: IConstruct): Limits | undefined {
  return RECORDS.get(keyOf(provider))?.limits;
}
