/** The group and the role that all schedules of a stack share. The role may change environments and nothing else. */
import { Aws, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';

const ID = 'ManagedInstancesScheduler';

/**
 * The group and the role of the schedules in a stack.
 *
 * Each stack with functions has its own group and role. A role for a whole fleet would refer to functions in other stacks, which refer to the fleet,
 * and CloudFormation refuses such a cycle.
 */
export class Scheduler extends Construct {
  /** Returns the scheduler of a stack, which is created when it is first needed. */
  public static in(stack: Stack): Scheduler {
    return stack.node.tryFindChild(ID) as Scheduler | undefined ?? new Scheduler(stack);
  }

  public readonly group: ScheduleGroup;
  public readonly role: iam.Role;

  private constructor(stack: Stack) {
    super(stack, ID);
    this.group = new ScheduleGroup(this, 'Group');
    this.role = new iam.Role(this, 'Role', {
      description: 'Changes the number of execution environments on managed instances by the clock',
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID, 'aws:SourceArn': this.group.scheduleGroupArn } },
      }),
    });
  }

  /** Allows the schedules to change the environments of one version. */
  public allowScaling(functionArn: string, qualifier: string): void {
    this.role.addToPolicy(new iam.PolicyStatement({
      actions: ['lambda:PutFunctionScalingConfig'],
      resources: [functionArn, `${functionArn}:${qualifier}`],
    }));
  }
}
