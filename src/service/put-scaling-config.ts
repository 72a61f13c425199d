/** The action that sets the number of execution environments of a version, and who may call it. */
export const PUT_SCALING_CONFIG = 'PutFunctionScalingConfig';

/** How EventBridge Scheduler and Step Functions name it. */
export const PUT_SCALING_CONFIG_CALL = /:aws-sdk:lambda:putFunctionScalingConfig$/i;

/** How the SDK for JavaScript does. */
export const PUT_SCALING_CONFIG_BY_SDK = /^putFunctionScalingConfig(Command)?$/i;

/** AWS's own policies that allow each action of Lambda on each function. */
export const AWS_POLICIES_TO_SCALE = /:aws:policy\/(AdministratorAccess|PowerUserAccess|AWSLambda_FullAccess)$/;
