import { integApp, IntegStack } from './integ-stack';
import { Egress } from '../../src';

export const stack = new IntegStack(integApp(), 'managed-instances-integ-ipv6', { fleet: { egress: Egress.ipv6() } });
