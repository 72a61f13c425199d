const GUIDE = 'https://docs.aws.amazon.com/lambda/latest/dg';
const API = 'https://docs.aws.amazon.com/lambda/latest/api';
const NEWS = 'https://aws.amazon.com/about-aws/whats-new';

/** When the pages below were last compared with the tables of this folder. */
export const PAGES_READ = '2026-11-20';

/** Where AWS says what the tables and rules rest on. */
export const PAGES = {
  capacityProviders: `${GUIDE}/lambda-managed-instances-capacity-providers.html`,
  executionEnvironment: `${GUIDE}/lambda-managed-instances-execution-environment.html`,
  gpuScaling: `${GUIDE}/lambda-managed-instances-gpu-scaling.md`,
  largeMemory: `${NEWS}/2026/03/lambda-32-gb-memory-16-vcpus/`,
  monitoring: `${GUIDE}/lambda-managed-instances-monitoring.html`,
  networking: `${GUIDE}/lambda-managed-instances-networking.html`,
  performanceBlog: 'https://aws.amazon.com/blogs/compute/build-high-performance-apps-with-aws-lambda-managed-instances/',
  quotas: `${GUIDE}/lambda-managed-instances-quotas.html`,
  regions: `${NEWS}/2026/06/aws-lambda-managed-instances-region-expansion/`,
  runtimes: `${GUIDE}/lambda-managed-instances-runtimes.html`,
  rust: `${GUIDE}/lambda-managed-instances-rust.html`,
  scaling: `${GUIDE}/lambda-managed-instances-scaling.html`,
  scheduledScaling: `${NEWS}/2026/05/aws-lambda-managed-instances/`,
  tagPropagation: `${GUIDE}/lambda-managed-instances-tag-propagation.html`,
  versions: `${GUIDE}/lambda-managed-instances-version-publishing.html`,
  apiCreateFunction: `${API}/API_CreateFunction.html`,
  apiLmiConfig: `${API}/API_LambdaManagedInstancesCapacityProviderConfig.html`,
  apiScalingConfig: `${API}/API_CapacityProviderScalingConfig.html`,
  /** The API model that the AWS SDK for Python is made from. */
  apiModel: 'https://github.com/boto/botocore',
  cdkReadme: 'https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-lambda/README.md',
  cloudFormationFunction: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html',
  samFunction: 'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html',
  samTransform: 'https://github.com/aws/serverless-application-model/blob/develop/samtranslator/model/sam_resources.py',
  localStackProvider: 'https://github.com/localstack/localstack/blob/main/localstack-core/localstack/services/lambda_/provider.py',
  s3Files: 'https://devoured.fyi/digest-articles/aws-lambda-functions-can-now-mount-amazon-s3-buckets-as-file-systems-with-s3-files-2-minute-read/',
  movingFunctions: 'https://github.com/localstack/localstack/pull/13447',
};
