import { Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { ManagedInstances, ManagedInstancesNetwork } from 'cdk-lambda-managed-instances';

export interface PaymentsStackProps extends StackProps {
  readonly network: ManagedInstancesNetwork;
}

/** Card data, on instances and in a database that no other team's code can reach. */
export class PaymentsStack extends Stack {
  constructor(scope: Construct, id: string, { network, ...props }: PaymentsStackProps) {
    super(scope, id, props);

    const database = new rds.DatabaseCluster(this, 'Database', {
      engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 }),
      writer: rds.ClusterInstance.serverlessV2('Writer'),
      vpc: network.vpc,
      vpcSubnets: network.vpcSubnets,
      storageEncrypted: true,
      iamAuthentication: true,
    });
    const charge = new NodejsFunction(this, 'Charge', {
      entry: `${__dirname}/handler.ts`,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      timeout: Duration.seconds(10),
      environment: { DATABASE_HOST: database.clusterEndpoint.hostname },
    });
    database.grantConnect(charge, 'charge');

    const fleet = new ManagedInstances(this, 'Fleet', { network, maxVCpuCount: 64, allowAllOutbound: false });
    fleet.addFunction(charge);
    database.connections.allowFrom(fleet, ec2.Port.tcp(5432));

    // A principal that may attach functions to this fleet can run code next to the card data. Only this role may.
    const deployer = new iam.Role(this, 'Deployer', { assumedBy: new iam.AccountRootPrincipal() });
    fleet.grants.passCapacityProvider(deployer);
  }
}
