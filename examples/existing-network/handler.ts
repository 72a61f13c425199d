import type { Context } from 'aws-lambda';

/** Returns its name and the event. Replace it with your code. */
export async function handler(event: unknown, context: Context) {
  console.log(JSON.stringify({ requestId: context.awsRequestId, event }));
  return { function: context.functionName, version: context.functionVersion };
}
