import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';

/** Returns where it runs, so that you can watch the move. */
export async function handler(event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> {
  const on = process.env.AWS_LAMBDA_INITIALIZATION_TYPE === 'lambda-managed-instances' ? 'managed instances' : 'standard Lambda';
  console.log(JSON.stringify({ requestId: context.awsRequestId, path: event.path, on }));
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ on, orders: [] }) };
}
