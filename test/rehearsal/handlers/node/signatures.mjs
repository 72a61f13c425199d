export const callback = (event, context, done) => done(null, { user: event.user });

export const streamed = awslambda.streamifyResponse(async (event, stream) => {
  const http = awslambda.HttpResponseStream.from(stream, { statusCode: 200, headers: { 'content-type': 'text/plain' } });
  http.write('Hello ');
  await new Promise((resolve) => setTimeout(resolve, 10));
  http.write(event.user);
  http.end();
});

let current;
export const streamedBad = awslambda.streamifyResponse(async (event, stream) => {
  current = event.user;
  stream.write('Hello ');
  await new Promise((resolve) => setTimeout(resolve, 10 + Math.random() * 10));
  stream.write(current);
  stream.end();
});

