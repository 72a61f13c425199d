import { isEncodedToken } from '../prices/encoded-token';

/** A number, unless it is known at deployment only. */
export function unlessToken(value: number | undefined): number | undefined {
  return isEncodedToken(value) ? undefined : value;
}

/** Unknown if one of the numbers is. */
export function sum(values: (number | undefined)[]): number | undefined {
  return values.reduce((total, value) => (total === undefined || value === undefined ? undefined : total + value), 0 as number | undefined);
}

/** Unknown if one of the numbers is. */
export function times(value: number | undefined, factor: number | undefined): number | undefined {
  return value === undefined || factor === undefined ? undefined : value * factor;
}
