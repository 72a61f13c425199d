import { createServer } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

/** Stands in for DynamoDB: returns the key, after different times. */
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (part) => body += part);
  request.on('end', () => setTimeout(() => response.end(JSON.stringify({ Item: JSON.parse(body).Key })), 10 + Math.random() * 20));
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
server.unref();

const client = DynamoDBDocumentClient.from(new DynamoDBClient({
  endpoint: `http://127.0.0.1:${server.address().port}`, region: 'us-east-1', credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
}));

export const handler = async ({ user }) => (await client.send(new GetCommand({ TableName: 'users', Key: { user } }))).Item;
