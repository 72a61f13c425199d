import { isEncodedToken } from './encoded-token';
import { PriceTable, ServicePrices } from './price-table';
import { Problem } from '../service/problem';

const TYPE_NAME = /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/;

/** Whether there is a price to compute with: it is given, known at synthesis, and can be one. */
export function isPrice(price: number | undefined): price is number {
  return price !== undefined && !isEncodedToken(price) && isPossible(price);
}

/** What can't be meant in a table. */
export function tableProblems({ hourly, asOf }: PriceTable): Problem[] {
  const entries = Object.entries(hourly);
  return [
    ...asOf === '' ? [{ property: 'asOf', allowed: 'must say when the prices held, such as 2026-11-01', found: 'nothing', remedy: 'give the day' }] : [],
    ...entries.length === 0 ? [{
      property: 'hourly', allowed: 'must have a price for at least one instance type', found: 'none', remedy: 'name types with their price',
    }] : [],
    ...entries.flatMap(([type, price]) => [
      ...isEncodedToken(type) || TYPE_NAME.test(type) ? [] : [{
        property: 'hourly', allowed: 'must have exact names of instance types, such as m8g.xlarge', found: type, remedy: 'name each type whole',
      }],
      ...priceProblems(`hourly of ${type}`, '$ per hour', price),
    ]),
  ];
}

/** What can't be meant in the other prices. */
export function servicePriceProblems(prices: ServicePrices): Problem[] {
  return (Object.keys(prices) as (keyof ServicePrices)[]).flatMap((name) => (
    priceProblems(name, name.toLowerCase().endsWith('managementfeerate') ? 'as a share of the on-demand price' : '$', prices[name])
  ));
}

/** What can't be meant with one price. */
export function priceProblems(property: string, unit: string, price: number | undefined): Problem[] {
  if (price === undefined || isEncodedToken(price) || isPossible(price)) return [];
  return [{ property, allowed: `must be a number of at least 0, ${unit}`, found: price, remedy: 'give the price, or leave it out where it is unknown' }];
}

function isPossible(price: number): boolean {
  return Number.isFinite(price) && price >= 0;
}
