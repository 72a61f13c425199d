import { ALL_RULES } from '../../src/rules/all-rules';

test('keeps its codes and levels: users acknowledge them', () => {
  const levels = Object.fromEntries(ALL_RULES.map(({ code, level, alsoLevel }) => [code, alsoLevel ? `${level}, ${alsoLevel}` : level]));

  expect(levels).toEqual({
    ArchitectureMismatch: 'error',
    AttachTarget: 'error',
    ConcurrencyAboveRuntimeDefault: 'warning',
    ConcurrencyLow: 'info',
    ConcurrencyPerVCpu: 'error',
    ConcurrencyRange: 'error',
    ContradictingProps: 'error',
    CustomRuntime: 'info',
    EnvironmentRange: 'error',
    EnvironmentsDeactivated: 'warning',
    EphemeralStorage: 'error, warning',
    EventSourceUnsupported: 'warning',
    FeatureUndocumented: 'info, warning',
    FewerThanThreeEnvironments: 'info',
    FunctionFileSystem: 'error',
    FunctionMemoryBelowRatio: 'error',
    FunctionMemoryMultiple: 'error',
    FunctionMemoryNeedsProvider: 'error',
    FunctionMemoryRange: 'error',
    FunctionNameFixed: 'info',
    FunctionVpc: 'error',
    InstanceArchitecture: 'error',
    InvokeLatest: 'error',
    LogFormatText: 'error',
    MemoryPerVCpu: 'error',
    NothingPublished: 'warning',
    ProviderElsewhere: 'error',
    ProvisionedConcurrency: 'error',
    RegionUnlisted: 'warning',
    RegionUnsupported: 'error',
    RuntimeUnknown: 'warning',
    RuntimeUnlisted: 'warning',
    RuntimeUnsupported: 'error',
    ScaleToZero: 'warning, info',
    ScalingWithoutProvider: 'error',
    SecondProvider: 'error',
    SelectedArchitecture: 'error',
    SnapStart: 'warning',
    SubnetsWithoutVpc: 'error',
    TimeoutRange: 'error',
    TimeoutSynchronous: 'info',
    VersionRetained: 'warning',
  });
});

test.each(ALL_RULES.map((rule) => [rule.code, rule] as const))('%s is a noun, with two sentences and a source', (code, { what, why, source }) => {
  expect(code).toMatch(/^[A-Z][A-Za-z]+$/);
  expect(what).toMatch(/^[A-Z/].*\.$/);
  expect(why).toMatch(/^[A-Z].*[."]$/);
  expect(() => new URL(source)).not.toThrow();
});
