import { integApp, IntegStack } from './integ-stack';
import { Egress } from '../../src';

export const stack = new IntegStack(integApp(), 'managed-instances-integ-private-endpoints', {
  fleet: { egress: Egress.privateEndpoints(), allowAllOutbound: false },
});
