'use strict';
// Loaded in front of AWS's runtime client for Node.js, in its main thread and in each worker: reports what ends a worker, and stands in for
// the native part of the client where that wasn't compiled. The client itself isn't changed.
const fs = require('node:fs');
const http = require('node:http');
const Module = require('node:module');
const { isMainThread, threadId } = require('node:worker_threads');

const REPORTS = 'REHEARSAL_REPORTS';
const STAND_IN = 'REHEARSAL_STAND_IN';
const reports = process.env[REPORTS];
const standsIn = process.env[STAND_IN] === '1';
if (!isMainThread) {
  // The handler sees the environment that it would have. The main thread keeps it for the workers that it starts.
  delete process.env[REPORTS];
  delete process.env[STAND_IN];
}

function report(kind, fields) {
  try {
    const requestId = globalThis.awslambda?.InvokeStore?.getRequestId();
    fs.appendFileSync(reports, `${JSON.stringify({ kind, threadId, requestId: requestId === '-' ? undefined : requestId, ...fields })}\n`);
  } catch {
    // A report that can't be written must not change what the handler does.
  }
}

if (reports !== undefined && !isMainThread) {
  process.on('uncaughtExceptionMonitor', (error, origin) => {
    report('uncaught', { origin, type: error?.name, message: String(error?.message ?? error), stack: String(error?.stack ?? '') });
  });
  process.on('exit', (code) => report('exit', { code }));
}

if (standsIn) {
  const load = Module._load;
  Module._load = function (request, ...rest) {
    return request.endsWith('rapid-client.node') ? standIn() : load.call(this, request, ...rest);
  };
}

/** The three functions of the native part, over HTTP. Unlike that part, it neither blocks nor uses libuv's thread pool. */
function standIn() {
  const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
  const agent = new http.Agent({ keepAlive: true });
  const call = (method, path, body, headers = {}) => new Promise((resolve, reject) => {
    http.request({ hostname, port, agent, method, path: `/2018-06-01/runtime/invocation/${path}`, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk)).on('error', reject).on('end', () => resolve({
        bodyJson: Buffer.concat(chunks).toString(),
        headers: response.headers,
      }));
    }).on('error', reject).end(body);
  });
  const post = (path, body, headers) => {
    call('POST', path, body, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers }).catch(() => {});
  };
  return {
    initializeClient() {},
    next: () => call('GET', 'next'),
    done: (id, body) => post(`${id}/response`, body),
    error: (id, body, xray) => post(`${id}/error`, body, { 'lambda-runtime-function-xray-error-cause': Buffer.byteLength(xray) < 1024 ? xray : '' }),
  };
}
