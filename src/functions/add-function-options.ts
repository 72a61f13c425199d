import * as lambda from 'aws-cdk-lib/aws-lambda';

/**
 * How a function runs on managed instances.
 */
export interface AddFunctionOptions extends lambda.CapacityProviderFunctionOptions {}
