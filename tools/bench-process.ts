import { dirname, sep } from 'node:path';
import { BY_HAND, LIBRARY, synthesise } from './bench-cases';

/**
 * Synthesises an app with one function in a process of its own, by hand or with the library, for `tools/bench.ts`. Prints the CPU time of the whole
 * process in milliseconds, and the number of the library's files that it loaded.
 */
synthesise({ fleets: 1, functions: 1 }, { make: process.argv.includes('--by-hand') ? BY_HAND : LIBRARY });
const { user, system } = process.cpuUsage();
const own = dirname(require.resolve('cdk-lambda-managed-instances')) + sep;
console.log((user + system) / 1000, Object.keys(require.cache).filter((file) => file.startsWith(own)).length);
