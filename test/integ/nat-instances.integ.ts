import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { integApp, IntegStack } from './integ-stack';
import { Egress } from '../../src';

export const stack = new IntegStack(integApp(), 'managed-instances-integ-nat-instances', {
  fleet: {
    egress: Egress.natProvider(ec2.NatProvider.instanceV2({
      instanceType: new ec2.InstanceType('t4g.nano'),
      defaultAllowedTraffic: ec2.NatTrafficDirection.OUTBOUND_ONLY,
    }), { count: 1 }),
  },
});
