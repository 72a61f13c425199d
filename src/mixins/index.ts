export * from './function-on-managed-instances';
