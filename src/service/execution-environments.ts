/** The unpublished code of a function, which can't be invoked on managed instances. */
export const LATEST = '$LATEST';

/** The version that an unqualified ARN means on managed instances, as long as it is published. Each deployment updates it. */
export const LATEST_PUBLISHED = `${LATEST}.PUBLISHED`;

/**
 * Lambda's defaults for the properties of an execution environment. The library renders these values, so that a template shows what runs.
 */
export const EXECUTION_ENVIRONMENT_DEFAULTS = {
  /**
   * GiB of memory per vCPU.
   *
   * It is always rendered, because the sources disagree (2 or 4):
   * https://aws.amazon.com/blogs/compute/build-high-performance-apps-with-aws-lambda-managed-instances/ (2026-03-30) has 2.
   */
  memoryGiBPerVCpu: 2,

  /**
   * MB of memory. A source about standard Lambda says 128, which managed instances don't accept.
   */
  memorySize: 2048,

  /**
   * The environments that a published version keeps unless another minimum is set, one in each zone. Source:
   * https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-scaling.html (read 2026-11-20)
   */
  minExecutionEnvironments: 3,

  /**
   * The timeout in seconds. Source: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html (read 2026-11-28)
   */
  timeout: 3,
};

/**
 * The GiB of memory per vCPU that a function can have.
 *
 * The API accepts any number from 2 to 8, but only these are documented. Source:
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html (read 2026-11-20)
 */
export const MEMORY_GIB_PER_VCPU = [2, 4, 8];
