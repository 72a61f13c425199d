/**
 * What Lambda calls things that don't go together with managed instances.
 */
export const FEATURES = {
  /** Lambda assumes the role of a function at the edge as this principal. */
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
