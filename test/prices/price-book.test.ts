import { readFileSync } from 'node:fs';
import { Lazy, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { InstanceCatalog, PriceBook } from '../../src';

const type = (name: string) => new ec2.InstanceType(name);
const rowsOf = (file: string) => readFileSync(`tools/data/${file}.csv`, 'utf-8').trim().split('\n').slice(1).map((line) => line.split(','));
const SOME_NUMBER = Token.asNumber(Lazy.any({ produce: () => 1 }));

describe('builtin', () => {
  test.each([
    // Each also stands in other tables of public prices.
    ['c7g.large', 'us-east-1', 0.0725],
    ['c7g.xlarge', 'us-east-1', 0.145],
    ['c7g.4xlarge', 'us-east-1', 0.58],
    ['m7g.xlarge', 'us-east-1', 0.1632],
    ['m8g.xlarge', 'us-east-1', 0.17952],
    ['c8g.xlarge', 'us-east-1', 0.15952],
    ['r7g.xlarge', 'us-east-1', 0.2142],
    ['r8g.xlarge', 'us-east-1', 0.23564],
    ['m7i.large', 'us-east-1', 0.1008],
    ['m7a.large', 'us-east-1', 0.11592],
    ['c6i.2xlarge', 'us-east-1', 0.34],
    ['c7a.2xlarge', 'us-east-1', 0.41056],
    ['c7i.2xlarge', 'us-east-1', 0.357],
    ['m7i.2xlarge', 'us-east-1', 0.4032],
    ['c5.18xlarge', 'us-east-1', 3.06],
    ['c7g.large', 'us-west-2', 0.0725],
    ['c7i.2xlarge', 'us-east-2', 0.357],
    ['m5.large', 'eu-central-1', 0.115],
    ['c5.2xlarge', 'eu-central-1', 0.388],
    ['m5.large', 'ap-northeast-1', 0.124],
    ['c6g.xlarge', 'ap-northeast-1', 0.1712],
    ['g4dn.xlarge', 'us-east-1', 0.526],
    ['g5.xlarge', 'us-east-1', 1.006],
    ['g6.xlarge', 'us-east-1', 0.8048],
    ['g6e.xlarge', 'us-east-1', 1.861],
    ['g6f.large', 'us-east-1', 0.202],
    ['g6f.4xlarge', 'us-east-1', 0.95],
    ['gr6f.4xlarge', 'us-east-1', 1.066],
    ['g5.xlarge', 'eu-central-1', 1.258],
    ['g5.xlarge', 'ap-northeast-1', 1.459],
  ])('%s in %s costs $%d an hour', (name, region, price) => {
    expect(PriceBook.builtin().hourlyPrice(type(name), region)).toBe(price);
    expect(PriceBook.builtin()._hourly(name, region)).toBe(price);
  });

  test.each([
    ['a type that does not exist', 'c7g.96xlarge', 'us-east-1'],
    ['a type without a family', 'large', 'us-east-1'],
    ['a family', 'c7g', 'us-east-1'],
    ['nothing', '', 'us-east-1'],
    ['a family newer than the prices of the Region', 'm9g.xlarge', 'eu-central-1'],
    ['a family older than those that Lambda takes', 'm4.large', 'us-east-1'],
    ['burstable types', 't4g.large', 'us-east-1'],
    ['bare metal', 'c7i.metal-24xl', 'us-east-1'],
    ['bare metal that costs as much for each vCPU', 'c5.metal', 'us-east-1'],
    ['bare metal with GPUs', 'g4dn.metal', 'us-east-1'],
    ['a size with GPUs that is not in the table', 'g6.xlarge', 'af-south-1'],
    ['a Region that does not exist', 'c7g.large', 'eu-nowhere-1'],
    ['a Region without the family', 'c7a.large', 'af-south-1'],
    ['a Region where the sizes of the family differ', 'm5a.large', 'ap-south-1'],
    ['no Region', 'c7g.large', ''],
    ['a Region that is known when deployed', 'c7g.large', Token.asString({ Ref: 'AWS::Region' })],
    ['a type that is known when deployed', Token.asString({ Ref: 'Type' }), 'us-east-1'],
  ])('has no price for %s', (_, name, region) => {
    expect(PriceBook.builtin()._hourly(name, region)).toBeUndefined();
    expect(PriceBook.builtin().hourlyPrice(type(name), region)).toBeUndefined();
  });

  test('has each price of the data, for each size of a family', () => {
    const types = InstanceCatalog.V2026_08._all().filter(({ isMetal }) => !isMetal);
    let priced = 0;
    rowsOf('on-demand-families-2026-02').forEach(([family, region, price, spread]) => {
      types.filter((each) => each.family === family).forEach(({ name, vCpus }) => {
        const hourly = PriceBook.V2026_02._hourly(name, region);
        if (Number(spread) > 0.005) return expect(hourly).toBeUndefined();
        // AWS's prices have five decimals.
        expect(Math.abs(hourly! - Number(price) * vCpus)).toBeLessThanOrEqual(0.0000051);
        priced++;
      });
    });
    expect(priced).toBeGreaterThan(10_000);
    rowsOf('on-demand-gpu-2026-02').forEach(([name, region, price]) => {
      expect(PriceBook.V2026_02._hourly(name, region)).toBe(Number(price));
    });
  });

  test('has no price that the data do not have', () => {
    const known = new Set([...rowsOf('on-demand-families-2026-02'), ...rowsOf('on-demand-gpu-2026-02')].map(([name, region]) => `${name} ${region}`));
    const regions = new Set([...known].map((each) => each.split(' ')[1]));

    expect(regions.size).toBe(28);
    InstanceCatalog.V2026_08._all().forEach(({ name, family }) => regions.forEach((region) => {
      if (known.has(`${name} ${region}`) || known.has(`${family} ${region}`)) return;
      expect(PriceBook.V2026_02._hourly(name, region)).toBeUndefined();
    }));
  });

  test('has what came since, in the Region where it is known, and else what there was', () => {
    rowsOf('on-demand-families-2026-11').forEach(([family, region, price]) => {
      expect(PriceBook.V2026_11._hourly(`${family}.xlarge`, region)).toBeCloseTo(Number(price) * 4, 5);
      expect(PriceBook.V2026_11._hourly(`${family}.xlarge`, 'eu-central-1')).toBeUndefined();
      expect(PriceBook.V2026_02._hourly(`${family}.xlarge`, region)).toBeUndefined();
    });
    rowsOf('on-demand-gpu-2026-11').forEach(([name, region, price]) => expect(PriceBook.V2026_11._hourly(name, region)).toBe(Number(price)));
    expect(PriceBook.V2026_11._hourly('c9g.xlarge', 'us-east-1')).toBe(0.17388);
    ['us-east-1', 'eu-central-1'].forEach((region) => {
      expect(PriceBook.V2026_11._hourly('c7g.xlarge', region)).toBe(PriceBook.V2026_02._hourly('c7g.xlarge', region));
    });
  });

  test('is the newest', () => {
    expect(PriceBook.builtin()).toBe(PriceBook.V2026_11);
    expect(PriceBook.V2026_02.asOf).toBe('2026-02-07');
  });

  test('has no more decimals than AWS', () => {
    expect(PriceBook.builtin()._hourly('c7g.large', 'ap-northeast-1')).toBe(0.09096);
  });

  test('says of when it is, and that nothing is wrong with it', () => {
    expect(PriceBook.builtin().asOf).toBe('2026-02-07 to 2026-07-20');
    expect(PriceBook.builtin()._problems).toEqual([]);
  });

  test('is read when a price is asked for, not before', () => {
    const load = jest.fn(() => jest.requireActual('../../src/prices/on-demand-2026-02'));
    jest.doMock('../../src/prices/on-demand-2026-02', load);

    jest.isolateModules(() => {
      const { PriceBook: Book } = jest.requireActual('../../src');
      const book = Book.builtin();
      expect(load).not.toHaveBeenCalled();
      expect(book._hourly('c7g.large', 'us-east-1')).toBe(0.0725);
      expect(book._hourly('c7g.large', 'us-east-1')).toBe(0.0725);
      expect(Book.builtin()._hourly('m7g.large', 'us-east-1')).toBe(0.0816);
      expect(load).toHaveBeenCalledTimes(1);
    });
  });
});

describe('fromTable', () => {
  test('has the prices of the table, in every Region', () => {
    const book = PriceBook.fromTable({ hourly: { 'm9g.xlarge': 0.19568, 'x99.metal-24xl': 12, 'm8g.large': 0 }, asOf: '2026-07-20' });

    expect(book.hourlyPrice(type('m9g.xlarge'), 'us-east-1')).toBe(0.19568);
    expect(book._hourly('x99.metal-24xl', 'eu-central-1')).toBe(12);
    expect(book._hourly('m8g.large', 'eu-central-1')).toBe(0);
    expect(book._hourly('m8g.xlarge', 'us-east-1')).toBeUndefined();
    expect(book._hourly('constructor', 'us-east-1')).toBeUndefined();
    expect(book.asOf).toBe('2026-07-20');
    expect(book._problems).toEqual([]);
  });

  test('has them in the Region of the table only', () => {
    const book = PriceBook.fromTable({ hourly: { 'm8g.xlarge': 0.2 }, asOf: '2026-11-01', region: 'eu-central-1' });

    expect(book._hourly('m8g.xlarge', 'eu-central-1')).toBe(0.2);
    expect(book._hourly('m8g.xlarge', 'us-east-1')).toBeUndefined();
  });

  test('does not follow changes of the table', () => {
    const hourly: Record<string, number> = { 'm8g.xlarge': 0.2 };
    const book = PriceBook.fromTable({ hourly, asOf: '2026-11-01' });
    hourly['m8g.xlarge'] = 7;

    expect(book._hourly('m8g.xlarge', 'us-east-1')).toBe(0.2);
  });

  test.each([-0.01, NaN, Infinity])('%d is no price: it is a problem, and unknown', (price) => {
    const book = PriceBook.fromTable({ hourly: { 'm8g.xlarge': price, 'm8g.large': 0.1 }, asOf: '2026-11-01' });

    expect(book._hourly('m8g.xlarge', 'us-east-1')).toBeUndefined();
    expect(book._hourly('m8g.large', 'us-east-1')).toBe(0.1);
    expect(book._problems).toEqual([{
      property: 'hourly of m8g.xlarge',
      allowed: 'must be a number of at least 0, $ per hour',
      found: price,
      remedy: 'correct the price, or leave it out if you don\'t know it',
    }]);
  });

  test.each(['m8g.*', 'm8g', '', 'M8g.large', 'm8g.large '])('"%s" is no type', (name) => {
    const book = PriceBook.fromTable({ hourly: { [name]: 1 }, asOf: '2026-11-01' });

    expect(book._problems).toEqual([{
      property: 'hourly',
      verb: 'names',
      allowed: 'needs exact names of instance types, such as m8g.xlarge',
      found: name,
      remedy: 'write out the name of each type',
    }]);
  });

  test('a table without a price is a problem', () => {
    expect(PriceBook.fromTable({ hourly: {}, asOf: '2026-11-01' })._problems).toEqual([{
      property: 'hourly',
      allowed: 'needs a price for at least one instance type',
      found: 'empty',
      remedy: 'list types with their prices',
    }]);
  });

  test('a table of no day is a problem', () => {
    expect(PriceBook.fromTable({ hourly: { 'm8g.xlarge': 1 }, asOf: '' })._problems).toEqual([{
      property: 'asOf', allowed: 'must be the date of the prices, such as 2026-11-01', found: 'empty', remedy: 'write the date',
    }]);
  });

  test('what is known when deployed is unknown, and no problem', () => {
    const book = PriceBook.fromTable({
      hourly: { 'm8g.xlarge': SOME_NUMBER, [Token.asString({ Ref: 'Type' })]: 1 },
      asOf: Token.asString({ Ref: 'AsOf' }),
    });

    expect(book._hourly('m8g.xlarge', 'us-east-1')).toBeUndefined();
    expect(book.asOf).toBeUndefined();
    expect(book._problems).toEqual([]);
  });
});

describe('perVCpuHour', () => {
  test.each([
    ['c7g.large', 0.1],
    ['m9g.xlarge', 0.2],
    ['c5.metal', 4.8],
    ['c7g.96xlarge', undefined],
  ])('%s costs $%d an hour everywhere', (name, price) => {
    const book = PriceBook.perVCpuHour(0.05);

    ['us-east-1', 'eu-nowhere-1', Token.asString({ Ref: 'AWS::Region' })].forEach((region) => {
      expect(book.hourlyPrice(type(name), region)).toEqual(price === undefined ? undefined : expect.closeTo(price, 12));
    });
  });

  test('is of no date', () => {
    expect(PriceBook.perVCpuHour(0.05).asOf).toBeUndefined();
    expect(PriceBook.perVCpuHour(0.05)._problems).toEqual([]);
  });

  test('a negative price is a problem, and unknown', () => {
    const book = PriceBook.perVCpuHour(-1);

    expect(book._hourly('c7g.large', 'us-east-1')).toBeUndefined();
    expect(book._problems).toEqual([expect.objectContaining({ property: 'usd', allowed: 'must be a number of at least 0, $ per vCPU-hour', found: -1 })]);
  });

  test('a price that is known when deployed is unknown', () => {
    const book = PriceBook.perVCpuHour(SOME_NUMBER);

    expect(book._hourly('c7g.large', 'us-east-1')).toBeUndefined();
    expect(book._problems).toEqual([]);
  });
});

describe('the other prices', () => {
  const BOOKS: [string, PriceBook][] = [
    ['builtin', PriceBook.builtin()],
    ['fromTable', PriceBook.fromTable({ hourly: { 'm8g.large': 1 }, asOf: '2026-11-01' })],
    ['perVCpuHour', PriceBook.perVCpuHour(0.05)],
  ];

  test.each(BOOKS)('are known to %s in us-east-1', (_, book) => {
    expect(book._managed()).toEqual({ feeRates: { general: { rate: 0.15 }, gpu: { rate: 0.15, isUnproven: true } }, millionRequests: 0.2 });
    expect(book._standardLambda('us-east-1')).toMatchObject({ millionRequests: 0.2, x86: [{ price: 0.0000166667 }, {}, {}], arm64: [{ price: 0.0000133334 }, {}, {}] });
    expect(book._network('us-east-1')).toEqual({ natGatewayHour: 0.045, publicAddressHour: 0.005, interfaceEndpointHour: 0.01 });
    expect(book._monitoring('us-east-1')).toEqual({ alarmMetricMonth: 0.1, dashboardMonth: 3 });
  });

  test.each(['eu-central-1', '', Token.asString({ Ref: 'AWS::Region' })])('are unknown in "%s"', (region) => {
    const book = PriceBook.builtin();

    expect(book._standardLambda(region)).toEqual({});
    // A public address costs the same everywhere.
    expect(book._network(region)).toEqual({ publicAddressHour: 0.005 });
    expect(book._monitoring(region)).toEqual({});
  });

  test.each([['us-east-2', 0.045, undefined], ['us-west-2', undefined, 0.01]])('of a network are known in %s as far as AWS\'s pages name them', (region, natGatewayHour, interfaceEndpointHour) => {
    expect(PriceBook.builtin()._network(region)).toEqual({ natGatewayHour, publicAddressHour: 0.005, interfaceEndpointHour });
  });

  test('of instances with a GPU and of addresses are what the user says, too', () => {
    const book = PriceBook.builtin().withServicePrices({ gpuManagementFeeRate: 0.2, publicAddressHour: 0 });

    expect(book._managed().feeRates).toEqual({ general: { rate: 0.15 }, gpu: { rate: 0.2 } });
    expect(book._network('eu-central-1').publicAddressHour).toBe(0);
    expect(book.withServicePrices({ gpuManagementFeeRate: -1 })._problems[0].allowed).toBe('must be a number of at least 0, as a share of the on-demand price');
  });

  test('are what the user says, in every Region', () => {
    const book = PriceBook.builtin().withServicePrices({
      managementFeeRate: 0.1,
      millionManagedRequests: 0.3,
      millionStandardRequests: 0.4,
      standardGbSecondX86: 0.00002,
      standardGbSecondArm64: 0.000016,
      natGatewayHour: 0.052,
      interfaceEndpointHour: 0.012,
      alarmMetricMonth: 0,
      dashboardMonth: 4,
    });

    ['us-east-1', 'eu-central-1'].forEach((region) => {
      expect(book._managed()).toEqual({ feeRates: { general: { rate: 0.1 }, gpu: { rate: 0.15, isUnproven: true } }, millionRequests: 0.3 });
      expect(book._standardLambda(region)).toEqual({
        millionRequests: 0.4, x86: [{ upTo: Infinity, price: 0.00002 }], arm64: [{ upTo: Infinity, price: 0.000016 }],
      });
      expect(book._network(region)).toEqual({ natGatewayHour: 0.052, publicAddressHour: 0.005, interfaceEndpointHour: 0.012 });
      expect(book._monitoring(region)).toEqual({ alarmMetricMonth: 0, dashboardMonth: 4 });
    });
    expect(book._problems).toEqual([]);
    expect(book._hourly('c7g.large', 'us-east-1')).toBe(0.0725);
    expect(book.asOf).toBe('2026-02-07 to 2026-07-20');
  });

  test('stay as they are where nothing is said, and in the book they came from', () => {
    const book = PriceBook.builtin();
    const other = book.withServicePrices({ natGatewayHour: 0.05 }).withServicePrices({ natGatewayHour: undefined, dashboardMonth: 5 });

    expect(other._network('us-east-1')).toEqual({ natGatewayHour: 0.05, publicAddressHour: 0.005, interfaceEndpointHour: 0.01 });
    expect(other._monitoring('us-east-1')).toEqual({ alarmMetricMonth: 0.1, dashboardMonth: 5 });
    expect(book._network('us-east-1').natGatewayHour).toBe(0.045);
  });

  test('that can not be are a problem each, next to those of the table, and not taken', () => {
    const book = PriceBook.fromTable({ hourly: { 'm8g.large': -1 }, asOf: '2026-11-01' })
      .withServicePrices({ natGatewayHour: -0.05 })
      .withServicePrices({ managementFeeRate: NaN });

    expect(book._problems.map(({ property, allowed }) => `${property} ${allowed}`)).toEqual([
      'hourly of m8g.large must be a number of at least 0, $ per hour',
      'natGatewayHour must be a number of at least 0, $',
      'managementFeeRate must be a number of at least 0, as a share of the on-demand price',
    ]);
    expect(book._network('us-east-1').natGatewayHour).toBe(0.045);
    expect(book._managed().feeRates.general.rate).toBe(0.15);
  });

  test('that are known when deployed are not taken, and no problem', () => {
    const book = PriceBook.builtin().withServicePrices({ natGatewayHour: SOME_NUMBER });

    expect(book._network('us-east-1').natGatewayHour).toBe(0.045);
    expect(book._problems).toEqual([]);
  });
});
