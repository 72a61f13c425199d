/** The action that sets the number of execution environments of a version. */
export const PUT_SCALING_CONFIG = 'PutFunctionScalingConfig';

/** Matches the name of the action in EventBridge Scheduler and Step Functions. */
export const PUT_SCALING_CONFIG_CALL = /:aws-sdk:lambda:putFunctionScalingConfig$/i;

/** Matches the name of the action in the SDK for JavaScript. */
export const PUT_SCALING_CONFIG_BY_SDK = /^putFunctionScalingConfig(Command)?$/i;

/** Matches AWS's own policies that allow all actions of Lambda on all functions. */
export const AWS_POLICIES_TO_SCALE = /:aws:policy\/(AdministratorAccess|PowerUserAccess|AWSLambda_FullAccess)$/;
