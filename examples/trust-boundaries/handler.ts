import type { Context } from 'aws-lambda';

/** Says who it is and what it was asked: your code stands here. */
export async function handler(event: unknown, context: Context) {
  console.log(JSON.stringify({ requestId: context.awsRequestId, event }));
  return { function: context.functionName, version: context.functionVersion };
}
