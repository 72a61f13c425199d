/** Returns an event in the form of a REST API. */
export const asRequest = ({ user }) => ({
  resource: '/{proxy+}', path: `/${user}`, httpMethod: 'POST', headers: { 'content-type': 'application/json', 'Host': 'localhost' },
  multiValueHeaders: { 'content-type': ['application/json'], 'Host': ['localhost'] }, queryStringParameters: null, multiValueQueryStringParameters: null,
  requestContext: { httpMethod: 'POST', path: `/${user}`, identity: { sourceIp: '127.0.0.1' }, stage: 'live' }, body: JSON.stringify({ user }), isBase64Encoded: false,
});
