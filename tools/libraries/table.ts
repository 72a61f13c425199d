/**
 * The libraries that `npx projen libraries` tries, with their versions and handlers.
 */
export interface LibraryTrial {
  readonly language: 'Node.js' | 'Python';
  /** The common name. */
  readonly library: string;
  /** The packages to install. The first is the library, with the version that is tried. */
  readonly packages: readonly string[];
  /** The handler: the file in the folder of the language, and the function in it. */
  readonly handler: string;
  /** The way in which the handler uses the library. */
  readonly use: string;
}

const node = (library: string, packages: string[], handler: string, use: string): LibraryTrial => ({ language: 'Node.js', library, packages, handler, use });
const python = (library: string, packages: string[], handler: string, use: string): LibraryTrial => ({ language: 'Python', library, packages, handler, use });

const POWERTOOLS = '@aws-lambda-powertools';
const EXPRESS = 'express@5.1.0';
const NEST = ['@nestjs/core@12.5.1', '@nestjs/common@12.5.1', '@nestjs/platform-express@12.5.1', 'reflect-metadata', 'rxjs'];

export const TRIALS: LibraryTrial[] = [
  ...['2.36.0', '2.34.0', '2.33.1'].map((version) => (
    node('Powertools Logger', [`${POWERTOOLS}/logger@${version}`], 'powertools-logger.handler', '`addContext` and `appendKeys` of a logger in the module')
  )),
  node('Powertools Logger', [`${POWERTOOLS}/logger@2.36.0`], 'powertools-logger.persistent', '`appendPersistentKeys` in the handler'),
  ...['2.36.0', '2.35.0'].map((version) => (
    node('Powertools Metrics', [`${POWERTOOLS}/metrics@${version}`], 'powertools-metrics.handler', 'metrics in the module, with a dimension for each request')
  )),
  node('Powertools Batch', [`${POWERTOOLS}/batch@2.35.0`], 'powertools-batch-module.handler', '`new BatchProcessor` in the module'),
  node('Powertools Batch', [`${POWERTOOLS}/batch@2.35.0`], 'powertools-batch.inHandler', '`new BatchProcessor` in the handler'),
  node('Powertools Tracer', [`${POWERTOOLS}/tracer@2.36.0`], 'powertools-tracer.handler', 'a subsegment with an annotation'),
  node('X-Ray SDK', ['aws-xray-sdk-core@3.12.0'], 'xray-sdk.handler', '`captureAsyncFunc` with an annotation'),
  node('Middy', ['@middy/core@6.4.5'], 'middy.handler', '`request.internal`'),
  node('serverless-http', ['serverless-http@4.0.0', EXPRESS], 'serverless-http.handler', 'an Express 5 application'),
  node('CodeGenie Serverless Express', ['@codegenie/serverless-express@4.17.1', EXPRESS], 'codegenie.handler', 'an Express 5 application, wrapped as `(event, context) => …`'),
  node('CodeGenie Serverless Express', ['@codegenie/serverless-express@4.17.1', EXPRESS], 'codegenie.direct', 'the handler as it makes it'),
  node('CodeGenie Serverless Express', ['@codegenie/serverless-express@4.17.1', EXPRESS], 'codegenie.currentInvoke', '`getCurrentInvoke()` after an await'),
  node('Hono', ['hono@4.13.19'], 'hono.handler', 'an application, and `getContext()` after an await'),
  node('@fastify/aws-lambda', ['@fastify/aws-lambda@6.4.1', 'fastify@5.12.8'], 'fastify.handler', 'a Fastify 5 application'),
  node('NestJS with serverless-http', [...NEST, 'serverless-http@4.0.0'], 'nest.handler', 'an application with a controller'),
  node('AWS SDK v3', ['@aws-sdk/client-dynamodb@3.1169.0', '@aws-sdk/lib-dynamodb@3.1169.0'], 'dynamodb.handler', 'one DynamoDB client in the module'),
  node('OpenTelemetry', ['@opentelemetry/sdk-trace-node@2.12.1', '@opentelemetry/api@^1.9.0'], 'opentelemetry.handler', 'an attribute of the active span after an await'),
  node('sharp', ['sharp@0.35.5'], 'sharp.handler', 'a picture for each request'),
  node('pino-lambda', ['pino-lambda@4.4.1', 'pino@9.9.0'], 'pino-lambda.handler', 'the default request tracker'),
  node('winston', ['winston@3.19.0'], 'winston.defaultMeta', '`defaultMeta`, set for each request'),
  node('winston', ['winston@3.19.0'], 'winston.child', 'a `child` for each request'),
  node('aws-embedded-metrics', ['aws-embedded-metrics@4.2.1'], 'embedded-metrics.handler', 'a metrics logger for each request'),
  python('Powertools Logger', ['aws-lambda-powertools==3.37.0'], 'powertools_logger.handler', '`append_keys`, with `clear_state=True`'),
  python('Powertools Logger', ['aws-lambda-powertools==3.37.0'], 'powertools_logger.kept', '`append_keys` for some requests, without `clear_state`'),
  python('Powertools Metrics', ['aws-lambda-powertools==3.37.0'], 'powertools_metrics.handler', 'metrics in the module, with a dimension for each request'),
  python('Flask with serverless-wsgi', ['Flask==3.1.3', 'serverless-wsgi==3.1.0', 'werkzeug'], 'flask_app.handler', 'an application'),
  python('FastAPI with Mangum', ['fastapi', 'mangum'], 'fastapi_app.handler', 'an application'),
];
