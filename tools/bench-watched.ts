/** Measures the cost of dashboards and alarms at synthesis: for small dashboards, for large apps, and how it grows. */
import { BY_HAND, LIBRARY, Size, synthesise, Variant } from './bench-cases';
import { calledFunctions, sumOfCalls } from './counted-calls';

/** The most functions that a dashboard shows one by one. */
const MOST_SHOWN = 12;

const DASHBOARD = { dashboard: true };
const WATCHED = { dashboard: true, alarms: true };
/** A fleet with everything that reads its functions. */
const EVERYTHING = { ...WATCHED, budget: true, options: true };

/** The promised limits. */
const PROMISED = {
  /** The calls of a dashboard with widgets for each function, divided by those of two graphs by hand. */
  smallBoard: 1.5,
  /**
   * The calls of 1,000 functions in 20 fleets with dashboards and alarms, divided by those by hand, which are two graphs and one alarm for each
   * function.
   */
  largeApp: 0.6,
  /** The exponent with which calls grow with the number of functions, fleets or stacks. */
  exponent: 1.02,
};

/** Three sizes of an app, each twice as large as the one before. */
const GROWING: Record<string, [Variant, Size[]]> = {
  functions: [{ make: LIBRARY, ...EVERYTHING }, [20, 40, 80].map((functions) => ({ fleets: 1, functions }))],
  fleets: [{ make: LIBRARY, ...EVERYTHING }, [5, 10, 20].map((fleets) => ({ fleets, functions: 5 }))],
  stacks: [{ make: LIBRARY, ...WATCHED }, [10, 20, 40].map((stacks) => ({ fleets: 1, functions: stacks * 2, stacks }))],
};

/** Measures all promises about dashboards and alarms, and describes them in words. */
export function benchWatched(promise: (what: string, value: number, atMost: number) => void): string[] {
  const small = { fleets: 1, functions: MOST_SHOWN };
  const two = { fleets: 2, functions: MOST_SHOWN };
  const large = { fleets: 20, functions: 50 };
  const ratios: [string, number, number][] = [
    [`calls of a dashboard of ${MOST_SHOWN} functions`, ratio(small, DASHBOARD), PROMISED.smallBoard],
    [`calls of two fleets of ${MOST_SHOWN} functions with dashboards, alarms, a budget and options`, ratio(two, EVERYTHING), PROMISED.smallBoard],
    ['calls of 1,000 functions in 20 fleets with dashboards and alarms', ratio(large, WATCHED), PROMISED.largeApp],
    ...Object.entries(GROWING).map(([what, [variant, sizes]]): [string, number, number] => (
      [`exponent of the calls in ${what}`, exponent(variant, sizes), PROMISED.exponent]
    )),
  ];
  ratios.forEach((one) => promise(...one));
  return ratios.map(([what, value, atMost]) => `${what}: ${value.toFixed(3)}, at most ${atMost}`);
}

function ratio(size: Size, variant: Omit<Variant, 'make'>): number {
  return calls(size, { make: LIBRARY, ...variant }) / calls(size, { make: BY_HAND, ...variant });
}

/** Returns the exponent of the added calls, so that the constant cost of an app doesn't hide the growth. */
function exponent(variant: Variant, sizes: Size[]): number {
  const [few, some, many] = sizes.map((size) => calls(size, variant));
  return Math.log2((many - some) / (some - few));
}

/** Returns the median of three runs. */
function calls(size: Size, variant: Variant): number {
  const runs = Array.from({ length: 3 }, () => sumOfCalls(calledFunctions(() => { synthesise(size, variant); })));
  return runs.sort((a, b) => a - b)[1];
}
