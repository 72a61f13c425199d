/**
 * Finds the runtime client of AWS that a function needs.
 */
import { JavaClient } from './java-client';
import { NodeClient } from './node-client';
import { PythonClient } from './python-client';
import { ClientSearch, RuntimeClient } from './runtime-client';
import { RehearsalUsageError } from './usage-error';

/** Returns the installed client for the function's runtime. If there is none, an error says how to install it. */
export function findClient(search: ClientSearch, standIn = false): RuntimeClient {
  const { runtime } = search.function;
  if (runtime.startsWith('nodejs')) return NodeClient.find(search, standIn);
  if (runtime.startsWith('python')) return PythonClient.find(search);
  if (runtime.startsWith('java')) return JavaClient.find(search);
  throw new RehearsalUsageError(`Functions with the runtime ${runtime} can't be rehearsed: nodejs22.x, python3.13, java21 and later can.`);
}
