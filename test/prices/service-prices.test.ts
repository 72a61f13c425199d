import { priceOfTiers, SERVICE_PRICES } from '../../src/prices/service-prices';

const { 'us-east-1': { x86, arm64 } } = SERVICE_PRICES.standardLambda;

test.each([
  [0, 0],
  [1, 0.0000166667],
  [6e9, 100_000.2],
  [6e9 + 1, 100_000.2 + 0.000015],
  [15e9, 100_000.2 + 135_000],
  [16e9, 100_000.2 + 135_000 + 13_333.4],
])('%d GB-seconds of x86_64 cost $%d', (gbSeconds, price) => {
  expect(priceOfTiers(gbSeconds, x86!)).toBeCloseTo(price, 5);
});

test.each([
  [7.5e9, 100_000.5],
  [18.75e9, 100_000.5 + 135_001.125],
  [20e9, 100_000.5 + 135_001.125 + 13_333.375],
])('%d GB-seconds of arm64 cost $%d', (gbSeconds, price) => {
  expect(priceOfTiers(gbSeconds, arm64!)).toBeCloseTo(price, 5);
});

test('later tiers are a tenth and a fifth cheaper', () => {
  [x86!, arm64!].forEach(([first, second, third]) => {
    expect(second.price / first.price).toBeCloseTo(0.9, 5);
    expect(third.price / first.price).toBeCloseTo(0.8, 5);
  });
});

test("AWS's example of one million requests of 2 s with 1,024 MB, less what is free, costs $26.67", () => {
  const { requests, gbSeconds } = SERVICE_PRICES.standardLambdaFree;

  expect(requests).toBe(1e6);
  expect(priceOfTiers(2e6 - gbSeconds, x86!).toFixed(2)).toBe('26.67');
});

test('some of what watches is free', () => {
  expect(SERVICE_PRICES.monitoringFree).toEqual({ alarmMetrics: 10, dashboards: 3 });
});
