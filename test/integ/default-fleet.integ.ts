import { integApp, IntegStack } from './integ-stack';

export const stack = new IntegStack(integApp(), 'managed-instances-integ-default-fleet', { monitoring: true });
