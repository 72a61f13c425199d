/**
 * The names and values in AWS's APIs of features that managed instances don't support, or support only in part.
 */
export const FEATURES = {
  /** The principal that assumes the role of a function at the edge. */
  edgePrincipal: 'edgelambda.amazonaws.com',
  /** https://docs.aws.amazon.com/lambda/latest/api/API_SnapStart.html */
  snapStartOn: 'PublishedVersions',
  /** https://docs.aws.amazon.com/lambda/latest/api/API_LoggingConfig.html */
  textLogs: 'Text',
  jsonLogs: 'JSON',
  /** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html */
  provisionedDimension: 'lambda:function:ProvisionedConcurrency',
  /** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunctionUrlConfig.html */
  responseStreaming: 'RESPONSE_STREAM',
};
