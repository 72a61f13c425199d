import { Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import { ManagedInstances } from 'cdk-lambda-managed-instances';

export interface SharedFleetStackProps extends StackProps {
  readonly capacityProviderArn: string;
}

/** A function on a capacity provider that a platform team created, in another app or by hand. */
export class SharedFleetStack extends Stack {
  constructor(scope: Construct, id: string, props: SharedFleetStackProps) {
    super(scope, id, props);

    const provider = lambda.CapacityProvider.fromCapacityProviderArn(this, 'Provider', props.capacityProviderArn);
    const fleet = ManagedInstances.fromCapacityProvider(this, 'Fleet', provider, {
      architecture: lambda.Architecture.ARM_64, // the ARN doesn't tell; with it, a function for x86_64 is an error at synthesis, not at deployment
    });
    fleet.addFunction(new NodejsFunction(this, 'Report', {
      entry: `${__dirname}/handler.ts`,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      timeout: Duration.seconds(30),
    }));
    fleet.addDashboard('Dashboard');
  }
}
