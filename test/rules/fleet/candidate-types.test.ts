import { Fact, isKnown, UNKNOWN } from '../../../src/reading/fact';
import { TemplateProperties } from '../../../src/reading/templates/template-properties';
import { candidateTypes, generalSizes, hasAllowList, possibleSizes } from '../../../src/rules/fleet/candidate-types';
import { GENERAL_PURPOSE_SIZES, LARGEST_SHAPES } from '../../../src/service/general-purpose-sizes';

const PARAMETER = { Ref: 'Parameter' };
const provider = (AllowedInstanceTypes?: unknown, ExcludedInstanceTypes?: unknown) => (
  new TemplateProperties({ InstanceRequirements: { AllowedInstanceTypes, ExcludedInstanceTypes } })
);
const excluding = (...types: unknown[]) => provider(undefined, types);
const namesOf = (types: readonly { name: string }[] | undefined) => types?.map(({ name }) => name);
const without = (all: readonly { name: string }[], size: string) => namesOf(all)!.filter((name) => !name.endsWith(size));

describe('the types that a fleet may run on', () => {
  const read = (source: TemplateProperties, architecture: Fact<string> = 'arm64', withGpu = false) => {
    const types = candidateTypes(source, architecture, withGpu);
    if (!isKnown(types)) throw new Error('they are known');
    return types;
  };

  test('are those of the list, and the ones that the catalogue lacks', () => {
    const { types, ...rest } = read(provider(['c8g.xlarge', 'z99.large']));

    expect(namesOf(types)).toEqual(['c8g.xlarge']);
    expect(rest).toEqual({ restricted: true, unknown: ['z99.large'] });
  });

  test('are general purpose types of the architecture without a list', () => {
    const { types, ...rest } = read(provider());

    expect(types.length).toBeGreaterThan(20);
    expect(types.filter(({ category, architecture }) => category !== 'm' || architecture !== 'arm64')).toEqual([]);
    expect(rest).toEqual({ restricted: false, standIns: { code: 'GeneralPurposeFamilies', text: 'general purpose families (M)' }, unknown: [] });
  });

  test('may have either architecture if that isn\'t known', () => {
    expect(new Set(read(provider(), UNKNOWN).types.map(({ architecture }) => architecture))).toEqual(new Set(['arm64', 'x86_64']));
  });

  test('are all that is left if general purpose types are excluded', () => {
    const { types, standIns } = read(excluding('m*', 'c8g.*'));

    expect(standIns?.code).toBe('RemainingFamilies');
    expect(new Set(types.map(({ category }) => category))).toEqual(new Set(['c', 'r']));
    expect(types.filter(({ family }) => family === 'c8g')).toEqual([]);
  });

  test('may be a single general purpose type', () => {
    const [one, ...others] = read(provider()).types;
    const { types, standIns } = read(excluding(...namesOf(others)!));

    expect([types, standIns?.code]).toEqual([[one], 'GeneralPurposeFamilies']);
  });

  test('have GPUs if a function needs one', () => {
    const { types, standIns } = read(excluding('p*'), 'x86_64', true);

    expect(standIns?.code).toBe('GpuFamilies');
    expect(types.length).toBeGreaterThan(0);
    expect(types.filter(({ gpu, category }) => gpu === undefined || category === 'p')).toEqual([]);
  });

  test.each<[string, TemplateProperties]>([
    ['allowed types that are a parameter', provider(PARAMETER)],
    ['an allowed type that is a parameter', provider(['c8g.xlarge', PARAMETER])],
    ['excluded types that are a parameter', provider(undefined, PARAMETER)],
    ['an excluded type that is a parameter', excluding('c8g.*', PARAMETER)],
  ])('are unknown with %s', (_what, source) => {
    expect(candidateTypes(source, 'arm64', false)).toBe(UNKNOWN);
  });
});

const FIVE_FAMILIES = ['m5.*', 'm5a.*', 'm6i.*', 'm7i.*', 'm8g.*'];

test.each<[string, TemplateProperties, string[] | undefined, string[] | undefined]>([
  ['nothing', provider(), namesOf(GENERAL_PURPOSE_SIZES), namesOf(LARGEST_SHAPES)],
  ['an allow list', provider(['m8g.large']), undefined, undefined],
  ['an empty allow list', provider([]), undefined, undefined],
  ['excluded types that are a parameter', provider(undefined, PARAMETER), undefined, undefined],
  ['an excluded type that is a parameter', excluding('*.large', PARAMETER), undefined, undefined],
  ['an excluded size', excluding('*.large'), without(GENERAL_PURPOSE_SIZES, '.large'), without(LARGEST_SHAPES, '.large')],
  ['an excluded family', excluding('m5.*'), namesOf(GENERAL_PURPOSE_SIZES), namesOf(LARGEST_SHAPES)],
  ['all general purpose families by one pattern', excluding('m*'), undefined, namesOf(LARGEST_SHAPES)],
  ['all general purpose families by generation', excluding('m5*', 'm6*', 'm7*', 'm8*', 'm9*'), undefined, namesOf(LARGEST_SHAPES)],
  ['some general purpose families', excluding(...FIVE_FAMILIES), namesOf(GENERAL_PURPOSE_SIZES), namesOf(LARGEST_SHAPES)],
  ['everything', excluding('*'), undefined, []],
  ['everything but one size', excluding(...['xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge', '24xlarge'].map((size) => `*.${size}`)),
    ['m*.large'], namesOf(LARGEST_SHAPES)!.filter((name) => !namesOf(GENERAL_PURPOSE_SIZES)!.includes(`m${name}`) || name === '*.large')],
])('the sizes with %s', (_what, source, general, possible) => {
  expect(namesOf(generalSizes(source))).toEqual(general);
  expect(namesOf(possibleSizes(source))).toEqual(possible);
});

test.each<[string, TemplateProperties, boolean]>([
  ['names types', provider(['m8g.large']), true],
  ['takes the names from a parameter', provider(PARAMETER), true],
  ['names none', excluding('m5.*'), false],
])('a provider that %s', (_what, source, expected) => {
  expect(hasAllowList(source)).toBe(expected);
});
