import { dirname, sep } from 'node:path';
import { BY_HAND, LIBRARY, synthesise } from './bench-cases';

/**
 * Synthesises an app with one function in a process of its own, by hand or with the library, and says what the whole process took:
 * milliseconds of CPU, and how many files of the library it loaded. For `tools/bench.ts`.
 */
synthesise({ fleets: 1, functions: 1 }, { make: process.argv.includes('--by-hand') ? BY_HAND : LIBRARY });
const { user, system } = process.cpuUsage();
const own = dirname(require.resolve('cdk-lambda-managed-instances')) + sep;
console.log((user + system) / 1000, Object.keys(require.cache).filter((file) => file.startsWith(own)).length);
