/**
 * Writes the same fleet in three ways: with this library's construct, with CDK's own, and as a plain template. Rules apply to all of them.
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

/** The tools for writing a fleet. A test's function gets them once for each source, in a new app. */
export interface Written {
  /** The stack of all resources. */
  readonly stack: Stack;
  /** The capacity provider of the source, created on first use. */
  readonly provider: lambda.CfnCapacityProvider;
  /** Attaches a function to the capacity provider in the way of the source. */
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
  /** Properties that CDK's own provider can't set in another way. */
  readonly l1?: Partial<lambda.CfnCapacityProviderProps>;
}

/** Returns the findings of each source about the same fleet, except infos. */
export function inThreeSources(write: (written: Written) => void, props: SourceProps = {}): Sources {
  return { ours: ours(write, props), cdk: cdk(write, props), template: template(write, props).codes };
}

/** Returns the messages of one code in the template, if it is found. */
export function messagesInTemplate(write: (written: Written) => void, code: string, props: SourceProps = {}): string[] {
  return template(write, props).findings.filter((finding) => finding.code === code).map(messageOf);
}

/** Returns the findings at the call or at synthesis, including those that only the plugin reports. */
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
  // The command must read the same from the folder.
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
  // All sources need the settings of our own construct, because a setting that one source lacks would be found only there.
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

/** Returns the warnings on the constructs and the errors that end the synthesis. */
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
