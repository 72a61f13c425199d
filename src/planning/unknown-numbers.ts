import { isEncodedToken } from '../prices/encoded-token';

/** Returns a number, or undefined if it is known only at deployment. */
export function unlessToken(value: number | undefined): number | undefined {
  return isEncodedToken(value) ? undefined : value;
}

/** Adds numbers. Undefined if one of them is. */
export function sum(values: (number | undefined)[]): number | undefined {
  return values.reduce((total, value) => (total === undefined || value === undefined ? undefined : total + value), 0 as number | undefined);
}

/** Multiplies two numbers. Undefined if one of them is. */
export function times(value: number | undefined, factor: number | undefined): number | undefined {
  return value === undefined || factor === undefined ? undefined : value * factor;
}
