import { Fact } from './fact';
import { PropertySource } from './property-source';

/** A resource of an app, from a construct or from a template. */
export interface ResourceView {
  /** The CloudFormation type, such as `AWS::Lambda::Function`. */
  readonly type: string;
  /** The object that references to the resource point to: its L1, or its entry in the template. */
  readonly key: object;
  /** The name for people: the path of its construct, or its logical id. */
  readonly name: string;
  readonly properties: PropertySource;
  readonly deletionPolicy: Fact<string>;
  readonly place: Place;
  /** Whether a condition leaves the resource out in the current world (see worlds.ts). */
  readonly isLeftOut?: boolean;
  /** The language of a function, if the construct that created it shows that. */
  readonly language?: string;
}

/** The account and Region of a resource. All resources of a stack share one object. */
export interface Place {
  readonly account: Fact<string>;
  readonly region: Fact<string>;
}

export const FUNCTION = 'AWS::Lambda::Function';
export const CAPACITY_PROVIDER = 'AWS::Lambda::CapacityProvider';
export const VERSION = 'AWS::Lambda::Version';
export const ALIAS = 'AWS::Lambda::Alias';
export const EVENT_SOURCE_MAPPING = 'AWS::Lambda::EventSourceMapping';
export const EVENT_INVOKE_CONFIG = 'AWS::Lambda::EventInvokeConfig';
export const FUNCTION_URL = 'AWS::Lambda::Url';
export const PERMISSION = 'AWS::Lambda::Permission';
export const HTTP_INTEGRATION = 'AWS::ApiGatewayV2::Integration';
export const REST_METHOD = 'AWS::ApiGateway::Method';
export const SUBSCRIPTION = 'AWS::SNS::Subscription';
export const SCALABLE_TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';
export const SCHEDULE = 'AWS::Scheduler::Schedule';
export const EVENT_RULE = 'AWS::Events::Rule';
export const STATE_MACHINE = 'AWS::StepFunctions::StateMachine';

/** Whether resources of a type are functions, belong to them, or may act on them on a schedule. This is called for each resource of an app. */
export function isOfFunctions(type: unknown): boolean {
  return typeof type === 'string' && (type.startsWith('AWS::Lambda::') || type === SCHEDULE || type === EVENT_RULE);
}

export const ROLE = 'AWS::IAM::Role';
export const POLICY = 'AWS::IAM::Policy';
export const ROLE_POLICY = 'AWS::IAM::RolePolicy';
export const MANAGED_POLICY = 'AWS::IAM::ManagedPolicy';
/** The types of resources that are policies or contain them. */
export const POLICY_HOLDERS = [ROLE, 'AWS::IAM::User', 'AWS::IAM::Group'];
export const POLICY_DOCUMENTS = [POLICY, MANAGED_POLICY, ROLE_POLICY, 'AWS::IAM::UserPolicy', 'AWS::IAM::GroupPolicy'];
/** CDK's `AwsCustomResource`. */
export const SDK_CALL = 'Custom::AWS';
/** The types of resources that may change the number of execution environments of a function, or allow others to. */
export const SCALING_TYPES: ReadonlySet<string> = new Set([...POLICY_HOLDERS, ...POLICY_DOCUMENTS, STATE_MACHINE, SDK_CALL, PERMISSION]);
export const KEY = 'AWS::KMS::Key';
export const LOG_GROUP = 'AWS::Logs::LogGroup';
export const VPC = 'AWS::EC2::VPC';
export const SUBNET = 'AWS::EC2::Subnet';
export const ROUTE_TABLE = 'AWS::EC2::RouteTable';
export const ROUTE_TABLE_ASSOCIATION = 'AWS::EC2::SubnetRouteTableAssociation';
export const ROUTE = 'AWS::EC2::Route';
export const INTERNET_GATEWAY = 'AWS::EC2::InternetGateway';
export const NAT_GATEWAY = 'AWS::EC2::NatGateway';
export const VPN_PROPAGATION = 'AWS::EC2::VPNGatewayRoutePropagation';
export const VPC_ENDPOINT = 'AWS::EC2::VPCEndpoint';
export const SECURITY_GROUP = 'AWS::EC2::SecurityGroup';
export const SECURITY_GROUP_EGRESS = 'AWS::EC2::SecurityGroupEgress';
export const SECURITY_GROUP_INGRESS = 'AWS::EC2::SecurityGroupIngress';
