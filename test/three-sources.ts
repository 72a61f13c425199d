/**
 * Writes one thing in three ways: on this library's construct, on CDK's own, and as a plain template. Rules hold for all of them.
 */
import { App, AppProps, Stack, StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ManagedInstances, ManagedInstancesChecks, ManagedInstancesProps } from '../src';
import { judgeTemplates } from './judge-templates';
import { check } from '../src/cli/check-command';
import { readInputs } from '../src/cli/inputs';
import { Template } from '../src/reading/templates/template';
import { messageOf } from '../src/rules/findings';

/** What is written: called once for each source, in a fresh app. */
export interface Written {
  /** Where everything stands. */
  readonly stack: Stack;
  /** The capacity provider of the source, made when somebody asks for it. */
  readonly provider: lambda.CfnCapacityProvider;
  /** Puts a function on the capacity provider, as the source does it. */
  attach(fn: lambda.Function | lambda.CfnFunction, options?: lambda.CapacityProviderFunctionOptions): void;
}

export interface Sources {
  /** The codes of errors and warnings, with their levels: `error FunctionVpc`. */
  readonly ours: string[];
  readonly cdk: string[];
  readonly template: string[];
}

export interface SourceProps {
  readonly app?: AppProps;
  readonly stack?: StackProps;
  readonly fleet?: ManagedInstancesProps;
  /** What CDK's own provider can't say otherwise. */
  readonly l1?: Partial<lambda.CfnCapacityProviderProps>;
}

/** What each source says of the same thing, but for infos. */
export function inThreeSources(write: (written: Written) => void, props: SourceProps = {}): Sources {
  return { ours: ours(write, props), cdk: cdk(write, props), template: template(write, props).codes };
}

/** The same of one code: its messages, where it is found at all. */
export function messagesInTemplate(write: (written: Written) => void, code: string, props: SourceProps = {}): string[] {
  return template(write, props).findings.filter((finding) => finding.code === code).map(messageOf);
}

/** What is said at the call or at synthesis; what only the plugin says counts, too. */
function ours(write: (written: Written) => void, props: SourceProps): string[] {
  const stack = new Stack(new App(props.app), 'Stack', props.stack);
  let fleet: ManagedInstances | undefined;
  const made = () => (fleet ??= new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 400, ...props.fleet }));
  try {
    write({
      stack,
      attach: (fn, options) => void made().addFunction(fn, options),
      get provider() { return made().node.defaultChild as lambda.CfnCapacityProvider; },
    });
  } catch (error) {
    return sorted(codesIn((error as Error).message).map((code) => `error ${code}`));
  }
  return sorted([...synthesised(stack), ...pluginOf(stack)]);
}

function cdk(write: (written: Written) => void, props: SourceProps): string[] {
  return pluginOf(cdkStack(write, props));
}

function template(write: (written: Written) => void, props: SourceProps) {
  const stack = cdkStack(write, props);
  const assembly = (stack.node.root as App).synth({ skipValidation: true });
  const templates: Template[] = assembly.stacks.map(({ template: body, stackName, templateFile }) => ({ file: templateFile, stackName, body }));
  // The command reads the same from the folder.
  const byCommand = check(readInputs([assembly.directory], { parameters: {} })).findings.filter(({ level }) => level !== 'info');
  const findings = judgeTemplates(templates).flatMap(({ findings: found }) => found).filter(({ level }) => level !== 'info');
  const codes = sorted(findings.map(({ level, code }) => `${level} ${code}`));
  expect(sorted(byCommand.map(({ level, rule }) => `${level} ${rule.split('::')[1]}`))).toEqual(codes);
  return { findings, codes };
}

function cdkStack(write: (written: Written) => void, props: SourceProps): Stack {
  const stack = new Stack(new App(props.app), 'Stack', props.stack);
  let provider: lambda.CapacityProvider | undefined;
  const made = () => (provider ??= l2Provider(stack, props));
  write({
    stack,
    attach: (fn, options) => {
      if (lambda.CfnFunction.isCfnFunction(fn)) fn.capacityProviderConfig = configOf(made(), options);
      else made().addFunction(fn, options);
    },
    get provider() { return made().node.defaultChild as lambda.CfnCapacityProvider; },
  });
  return stack;
}

function l2Provider(stack: Stack, { l1 }: SourceProps): lambda.CapacityProvider {
  const vpc = new ec2.Vpc(stack, 'Vpc', { availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] });
  const provider = new lambda.CapacityProvider(stack, 'Provider', {
    subnets: vpc.privateSubnets,
    securityGroups: [new ec2.SecurityGroup(stack, 'Group', { vpc })],
  });
  const resource = provider.node.defaultChild as lambda.CfnCapacityProvider;
  // As our own has it: what one source alone lacks would be found in that one alone.
  resource.telemetryConfig = { loggingConfig: { logGroup: 'orders' } };
  return Object.assign(resource, l1) && provider;
}

function configOf(provider: lambda.CapacityProvider, options: lambda.CapacityProviderFunctionOptions = {}): lambda.CfnFunction['capacityProviderConfig'] {
  const { executionEnvironmentMemoryGiBPerVCpu, perExecutionEnvironmentMaxConcurrency } = options;
  return {
    lambdaManagedInstancesCapacityProviderConfig: {
      capacityProviderArn: provider.capacityProviderArn, executionEnvironmentMemoryGiBPerVCpu, perExecutionEnvironmentMaxConcurrency,
    },
  };
}

function pluginOf(stack: Stack): string[] {
  const { violations } = new ManagedInstancesChecks().validateScope(stack);
  return sorted(violations.filter(({ severity }) => severity !== 'info').map(({ severity, ruleName }) => `${severity} ${ruleName}`));
}

/** Warnings are said on the constructs, errors where the synthesis ends. */
function synthesised(stack: Stack): string[] {
  let errors = '';
  try {
    (stack.node.root as App).synth();
  } catch (error) {
    errors = (error as Error).message;
  }
  const warnings = stack.node.findAll().flatMap(({ node }) => node.metadata).filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => String(data));
  return [...codesIn(errors).map((code) => `error ${code}`), ...codesIn(warnings.join('\n')).map((code) => `warning ${code}`)];
}

function codesIn(text: string): string[] {
  return [...text.matchAll(/cdk-lambda-managed-instances::(\w+)/g)].map(([, code]) => code);
}

function sorted(codes: string[]): string[] {
  return [...new Set(codes)].sort();
}
