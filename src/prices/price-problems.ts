import { isEncodedToken } from './encoded-token';
import { PriceTable, ServicePrices } from './price-table';
import { Problem } from '../service/problem';

const TYPE_NAME = /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/;

/** Whether a price can be used for computing: it is given, is known at synthesis, and is a possible price. */
export function isPrice(price: number | undefined): price is number {
  return price !== undefined && !isEncodedToken(price) && isPossible(price);
}

/** Lists the mistakes in a table of prices. */
export function tableProblems({ hourly, asOf }: PriceTable): Problem[] {
  const entries = Object.entries(hourly);
  return [
    ...asOf === '' ? [{ property: 'asOf', allowed: 'must be the date of the prices, such as 2026-11-01', found: 'empty', remedy: 'write the date' }] : [],
    ...entries.length === 0 ? [{
      property: 'hourly', allowed: 'needs a price for at least one instance type', found: 'empty', remedy: 'list types with their prices',
    }] : [],
    ...entries.flatMap(([type, price]) => [
      ...isEncodedToken(type) || TYPE_NAME.test(type) ? [] : [{
        property: 'hourly', verb: 'names', allowed: 'needs exact names of instance types, such as m8g.xlarge', found: type, remedy: 'write out the name of each type',
      }],
      ...priceProblems(`hourly of ${type}`, '$ per hour', price),
    ]),
  ];
}

/** Lists the mistakes in the other prices. */
export function servicePriceProblems(prices: ServicePrices): Problem[] {
  return (Object.keys(prices) as (keyof ServicePrices)[]).flatMap((name) => (
    priceProblems(name, name.toLowerCase().endsWith('managementfeerate') ? 'as a share of the on-demand price' : '$', prices[name])
  ));
}

/** Reports a price that isn't a number of at least 0. */
export function priceProblems(property: string, unit: string, price: number | undefined): Problem[] {
  if (price === undefined || isEncodedToken(price) || isPossible(price)) return [];
  return [{ property, allowed: `must be a number of at least 0, ${unit}`, found: price, remedy: 'correct the price, or leave it out if you don\'t know it' }];
}

function isPossible(price: number): boolean {
  return Number.isFinite(price) && price >= 0;
}
