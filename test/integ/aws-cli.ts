import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Aws } from './assertions';

/** The result of a command. */
export interface Ended {
  /** The exit status: 0 if the command succeeded, null if it couldn't be started. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
export type Run = (args: string[]) => Ended;

/** Runs the installed AWS CLI with its credentials and Region. */
export const runAws: Run = (args) => {
  const { status, stdout, stderr } = spawnSync('aws', [...args, '--output', 'json'], { encoding: 'utf-8', env: { ...process.env, AWS_PAGER: '' } });
  return { status, stdout: stdout ?? '', stderr: stderr ?? '' };
};

/** Returns the missing prerequisites of a deployment in words. Undefined if nothing is missing. */
export function missing(run: Run): string | undefined {
  if (run(['--version']).status === null) {
    return 'the AWS CLI is not installed, and this test asks AWS with it: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html';
  }
  const identity = run(['sts', 'get-caller-identity']);
  if (identity.status !== 0) {
    return `there are no AWS credentials that work; sign in (aws sso login, or AWS_PROFILE) and choose a Region (AWS_REGION)\n${identity.stderr.trim()}`;
  }
  // This sends no request. A CLI that is too old doesn't know the operation.
  const skeleton = run(['lambda', 'get-capacity-provider', '--capacity-provider-name', 'any', '--generate-cli-skeleton', 'output']);
  if (skeleton.status !== 0) {
    return `this AWS CLI doesn't know capacity providers, or no Region is chosen (AWS_REGION); upgrade it\n${skeleton.stderr.trim()}`;
  }
  return undefined;
}

/** AWS as seen through the CLI. */
export class AwsCli implements Aws {
  constructor(private readonly run: Run = runAws) {}

  public capacityProviderState(name: string): string | undefined {
    const ended = this.run(['lambda', 'get-capacity-provider', '--capacity-provider-name', name]);
    if (ended.status !== 0 && ended.stderr.includes('ResourceNotFoundException')) return undefined;
    return answer(ended).CapacityProvider.State;
  }

  /** Returns the names of a stack's capacity providers. Empty if there is no such stack. */
  public capacityProvidersOf(stack: string): string[] {
    const ended = this.run(['cloudformation', 'list-stack-resources', '--stack-name', stack]);
    if (ended.status !== 0 && ended.stderr.includes('does not exist')) return [];
    return answer(ended).StackResourceSummaries
      .filter((resource: any) => resource.ResourceType === 'AWS::Lambda::CapacityProvider' && resource.PhysicalResourceId)
      .map((resource: any) => resource.PhysicalResourceId);
  }

  public functionState(name: string, qualifier: string): { readonly state: string; readonly reason?: string } {
    const ended = this.run(['lambda', 'get-function-configuration', '--function-name', name, '--qualifier', qualifier]);
    const { State, StateReasonCode, StateReason } = answer(ended);
    return { state: State, reason: [StateReasonCode, StateReason].filter(Boolean).join(': ') || undefined };
  }

  public invoke(name: string, qualifier: string): { readonly payload: string; readonly error?: string; readonly refused?: string } {
    const folder = mkdtempSync(join(tmpdir(), 'invoke-'));
    try {
      const file = join(folder, 'payload');
      const ended = this.run(['lambda', 'invoke', '--function-name', name, '--qualifier', qualifier, file]);
      if (ended.status !== 0) return { payload: '', refused: ended.stderr.trim() };
      return { payload: readFileSync(file, 'utf-8'), error: answer(ended).FunctionError };
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  public alarmState(name: string): { readonly state: string; readonly reason?: string } {
    const [alarm] = answer(this.run(['cloudwatch', 'describe-alarms', '--alarm-names', name])).MetricAlarms;
    return alarm ? { state: alarm.StateValue, reason: alarm.StateReason } : { state: 'no such alarm' };
  }
}

function answer({ status, stdout, stderr }: Ended): any {
  if (status !== 0) throw new Error(`AWS can't be asked: ${stderr.trim()}`);
  return JSON.parse(stdout);
}
