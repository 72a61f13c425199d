/** What watching a fleet costs at synthesis: dashboards and alarms on small boards, on large apps, and how that grows. */
import { BY_HAND, LIBRARY, Size, synthesise, Variant } from './bench-cases';
import { calledFunctions, sumOfCalls } from './counted-calls';

/** A dashboard of so many functions is the largest that shows each by itself. */
const MOST_SHOWN = 12;

const DASHBOARD = { dashboard: true };
const WATCHED = { dashboard: true, alarms: true };
/** With all that looks at the functions of a fleet. */
const EVERYTHING = { ...WATCHED, budget: true, options: true };

/** What is promised, at most. */
const PROMISED = {
  /** Calls of a dashboard on which each function has widgets of its own, of those of two graphs by hand. */
  smallBoard: 1.5,
  /** Calls of 1,000 functions in 20 fleets with dashboards and alarms, of those by hand: two graphs and one alarm for each function. */
  largeApp: 0.6,
  /** With how many times the functions, fleets or stacks to the power of what calls grow. */
  exponent: 1.02,
};

/** Three sizes of an app, each twice as large as the one before. */
const GROWING: Record<string, [Variant, Size[]]> = {
  functions: [{ make: LIBRARY, ...EVERYTHING }, [20, 40, 80].map((functions) => ({ fleets: 1, functions }))],
  fleets: [{ make: LIBRARY, ...EVERYTHING }, [5, 10, 20].map((fleets) => ({ fleets, functions: 5 }))],
  stacks: [{ make: LIBRARY, ...WATCHED }, [10, 20, 40].map((stacks) => ({ fleets: 1, functions: stacks * 2, stacks }))],
};

/** Measures all that is promised of watching, and says it in words. */
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

/** Of what is added, so that what an app costs anyway doesn't hide how it grows. */
function exponent(variant: Variant, sizes: Size[]): number {
  const [few, some, many] = sizes.map((size) => calls(size, variant));
  return Math.log2((many - some) / (some - few));
}

/** The median of three runs. */
function calls(size: Size, variant: Variant): number {
  const runs = Array.from({ length: 3 }, () => sumOfCalls(calledFunctions(() => { synthesise(size, variant); })));
  return runs.sort((a, b) => a - b)[1];
}
