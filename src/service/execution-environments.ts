/** The unpublished code of a function, which can't be invoked on managed instances. */
export const LATEST = '$LATEST';

/** The version that an unqualified ARN means on managed instances, as long as it is published; it follows each deployment. */
export const LATEST_PUBLISHED = `${LATEST}.PUBLISHED`;

/**
 * What Lambda does with an execution environment whose properties are left out. The library renders these
 * values, so that a template says what runs.
 */
export const EXECUTION_ENVIRONMENT_DEFAULTS = {
  /**
   * GiB of memory per vCPU.
   *
   * Sources disagree (2 or 4), which is the reason to render it always:
   * https://aws.amazon.com/blogs/compute/build-high-performance-apps-with-aws-lambda-managed-instances/ (2026-03-30) has 2.
   */
  memoryGiBPerVCpu: 2,

  /**
   * MB of memory. A source without managed instances in mind has 128, which these don't take.
   */
  memorySize: 2048,

  /**
   * Environments that a published version keeps when nothing else is asked for, one per zone.
   * https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-scaling.html (read 2026-11-20)
   */
  minExecutionEnvironments: 3,

  /**
   * Seconds that a function may take.
   * https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html (read 2026-11-28)
   */
  timeout: 3,
};

/**
 * GiB of memory per vCPU that can be chosen.
 *
 * The API takes any number from 2 to 8; only these are documented.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html (read 2026-11-20)
 */
export const MEMORY_GIB_PER_VCPU = [2, 4, 8];
