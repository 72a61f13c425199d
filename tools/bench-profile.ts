import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { synthesise, Variant } from './bench-cases';
import { CalledFunction, calledFunctions } from './counted-calls';

const FEW = 10;
const MANY = 75;
const SHOWN = 50;

/** The numbers of calls by script, name and place of the function. */
type Profile = Map<string, number>;

/**
 * Prints the functions that one app calls more often than the other: first the calls for each function of the fleet, then the calls for the fleet
 * itself. CDK's functions are included; their number of calls shows which of our functions call them.
 */
export function printProfile(base: Variant, compared: Variant): void {
  const [few, many] = [FEW, MANY].map((functions) => minus(profile(functions, compared), profile(functions, base)));
  const each = scaled(minus(many, few), 1 / (MANY - FEW));
  print('for each function', each);
  print('for each fleet', minus(few, scaled(each, FEW)));
}

function profile(functions: number, variant: Variant): Profile {
  const calls: Profile = new Map();
  for (const called of calledFunctions(() => synthesise({ fleets: 1, functions }, variant))) {
    const key = `${scriptOf(called)} ${called.offset} ${called.name || '(no name)'}`;
    calls.set(key, (calls.get(key) ?? 0) + called.calls);
  }
  return calls;
}

function print(title: string, calls: Profile): void {
  const rows = [...calls].filter(([, count]) => Math.abs(count) >= 0.5).sort(([, a], [, b]) => b - a);
  const sum = (some: [string, number][]) => some.reduce((total, [, count]) => total + count, 0).toFixed(0);
  console.log(`\n${sum(rows)} calls ${title}, ${sum(rows.filter(([key]) => key.startsWith('lib/')))} of them of functions of ours. The most called:`);
  rows.slice(0, SHOWN).forEach(([key, count]) => {
    const [script, offset, ...name] = key.split(' ');
    console.log(`${count.toFixed(1).padStart(8)}  ${name.join(' ')}  ${script}:${lineOf(script, Number(offset))}`);
  });
}

/** Returns the script, relative to the repository or to `node_modules`. */
function scriptOf({ script }: CalledFunction): string {
  return script.replace(/^.*\/node_modules\//, 'node_modules/').replace(`file://${process.cwd()}/`, '');
}

function lineOf(script: string, offset: number): number {
  try {
    return readFileSync(script.startsWith('file:') ? fileURLToPath(script) : script, 'utf-8').slice(0, offset).split('\n').length;
  } catch {
    return 0; // a script of Node.js itself
  }
}

function minus(one: Profile, other: Profile): Profile {
  return new Map([...new Set([...one.keys(), ...other.keys()])].map((key) => [key, (one.get(key) ?? 0) - (other.get(key) ?? 0)]));
}

function scaled(calls: Profile, factor: number): Profile {
  return new Map([...calls].map(([key, count]) => [key, factor * count]));
}
