import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';

/** Prices in cents: for one, from ten, and from a hundred. */
const PRICES: Record<string, [number, number, number]> = {
  espresso: [250, 230, 200],
  flatwhite: [380, 360, 330],
  filter: [300, 270, 240],
};

/**
 * Answers one of many requests that run at once. It keeps no request state outside of this function, and its log lines
 * have the request's id.
 */
export async function handler(event: APIGatewayProxyEventV2, context: Context): Promise<APIGatewayProxyStructuredResultV2> {
  const item = event.pathParameters?.item ?? '';
  const quantity = Number(event.queryStringParameters?.quantity ?? '1');
  if (!Object.hasOwn(PRICES, item)) return answer(404, { error: `there is no ${JSON.stringify(item)}` });
  if (!Number.isInteger(quantity) || quantity < 1) return answer(400, { error: 'quantity must be a whole number from 1' });

  const [one, ten, hundred] = PRICES[item];
  const cents = quantity >= 100 ? hundred : quantity >= 10 ? ten : one;
  console.log(JSON.stringify({ requestId: context.awsRequestId, item, quantity, cents }));
  return answer(200, { item, quantity, cents: cents * quantity });
}

function answer(statusCode: number, body: object): APIGatewayProxyStructuredResultV2 {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
