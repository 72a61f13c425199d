import { ManagedInstancesChecks } from '../../src';
import { ALL_RULES, allOf } from '../../src/checks/all-rules';
import { ALWAYS } from '../../src/rules/judge';
import { Level, Moment } from '../../src/rules/rule';

test('keeps its codes and levels: users acknowledge them', () => {
  const levels = Object.fromEntries(ALL_RULES.map(({ code, level, alsoLevel }) => [code, alsoLevel ? `${level}, ${alsoLevel}` : level]));

  expect(levels).toEqual({
    AlarmActions: 'info',
    AlarmBasisChanged: 'error',
    AlarmTicketActions: 'info',
    CeilingAlarmsLeftOut: 'warning',
    ScheduleQualifier: 'error',
    ScheduleQueue: 'error',
    ScheduleOverlap: 'warning',
    ScheduleOfVersion: 'warning',
    ScheduleLate: 'warning',
    ScheduleId: 'error',
    ScheduleCounts: 'error',
    PauseOverlap: 'error',
    PauseTime: 'error',
    AsyncInvokeTwice: 'error',
    AsyncInvokeRange: 'error',
    AlarmsElsewhere: 'error',
    DashboardTooLarge: 'error',
    LogGroupClass: 'error',
    LogGroupShared: 'warning',
    AlarmCpuMetricName: 'error',
    AlarmRunbookUrl: 'error',
    AlarmThresholdDirection: 'error',
    AlarmThresholdRange: 'error',
    AlarmThresholdUnknown: 'error',
    AlarmThresholdUnused: 'error',
    AlarmVersionNumber: 'error',
    AlarmVersions: 'error',
    AlarmVersionsUnused: 'error',
    AlarmsExceedStack: 'error',
    AllowListEmpty: 'warning, error',
    AllowListNarrow: 'warning',
    AllowListWildcard: 'warning',
    ArchitectureCount: 'error',
    ArchitectureMismatch: 'error',
    ArchitectureName: 'error',
    AttachTarget: 'error',
    AsyncInvokeLatest: 'warning',
    AutoScalingWithPolicy: 'error, warning',
    BudgetExceeded: 'error, warning',
    ConcurrencyAboveRuntimeDefault: 'warning',
    ConcurrencyLow: 'info',
    ConcurrencyPerVCpu: 'error',
    ConcurrencyRange: 'error',
    ContradictingProps: 'error',
    CustomRuntime: 'info',
    DeploymentAlarmCycle: 'error',
    DeploymentAlarmUnused: 'error',
    EgressMissing: 'warning, error',
    ElasticIpReused: 'error',
    EnvironmentDoesNotFit: 'error, warning',
    EnvironmentRange: 'error',
    EnvironmentsDeactivated: 'warning',
    EphemeralStorage: 'error',
    EstimateInput: 'error',
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
    GpuMemorySize: 'error',
    GpuNotRequested: 'warning',
    GpuRequirements: 'error',
    GpuScalingMetric: 'info, warning',
    GpuTypesTooSmall: 'warning',
    GpuUnproven: 'warning',
    GrantElsewhere: 'warning',
    HttpsBlocked: 'warning',
    IdleFloor: 'info',
    InboundRules: 'info',
    InstanceArchitecture: 'error',
    InstanceChurnLogGroup: 'error',
    InstanceFamilyRefused: 'error',
    InstanceListsExclusive: 'error',
    InstancePattern: 'error',
    InstanceRequirement: 'error',
    InstanceSizeSmall: 'warning',
    InstanceTypeUnproven: 'warning',
    InvokeLatest: 'error',
    Ipv6LogsEndpoint: 'warning',
    KmsKeyArn: 'error',
    KmsKeyElsewhere: 'error, warning',
    KmsKeyGrant: 'info, warning',
    LimitOverride: 'error',
    LogFormatText: 'error',
    LogGroupElsewhere: 'error',
    LogGroupMissing: 'warning',
    LogGroupName: 'error',
    ManualScalingWithoutPolicy: 'error',
    MemoryPerVCpu: 'error',
    MetricAmount: 'error',
    MetricInstanceType: 'error',
    MetricOfAlias: 'error',
    MetricOption: 'error',
    MetricPeriodTooShort: 'error',
    MetricStatistic: 'error',
    MetricVersion: 'error',
    NatInstanceOpen: 'warning',
    NatProviderReused: 'error',
    NoDataAlarmOfIdleFunction: 'error',
    NotChecked: 'warning',
    NothingPublished: 'warning',
    OperatorRoleElsewhere: 'error',
    OperatorRolePolicy: 'warning',
    OperatorRoleSourceAccount: 'info',
    OperatorRoleTrust: 'error',
    PropagatedTagMode: 'error',
    PropagatedTags: 'error',
    ProviderArn: 'error',
    ProviderElsewhere: 'error',
    ProviderNameCharacters: 'error',
    ProviderNameFixed: 'warning',
    ProviderNameLength: 'error, warning',
    ProviderTarget: 'error',
    ProviderWriteRate: 'info',
    ProvisionedConcurrency: 'error',
    PublishedForNobody: 'warning',
    PublicSubnets: 'warning',
    RegionUnlisted: 'warning',
    RegionUnsupported: 'error',
    RuntimeUnknown: 'warning',
    RuntimeUnlisted: 'warning',
    RuntimeUnsupported: 'error',
    ScaleToZero: 'warning, info',
    ScalingMetric: 'error',
    ScalingTargetHeadroom: 'warning',
    ScalingTargetRange: 'error',
    ScalingWithoutProvider: 'error',
    SecondProvider: 'error',
    SecurityGroupCount: 'error',
    SecurityGroupsEmpty: 'warning',
    SelectedArchitecture: 'error',
    SnapStart: 'warning',
    SubnetAddresses: 'warning',
    SubnetCount: 'error',
    SubnetsDistinct: 'error',
    SubnetsWithoutVpc: 'error',
    TagsNotPropagated: 'info',
    TimeoutRange: 'error',
    TimeoutSynchronous: 'info',
    TwoVCpuTypesOnly: 'warning',
    VCpuCeilingBelowMinimum: 'error, warning',
    UnderUtilisedTypes: 'error',
    VCpuCeilingRange: 'error',
    VCpuCeilingTight: 'warning',
    VCpuCeilingUnproven: 'warning',
    VCpuCeilingUnset: 'info',
    VersionRetained: 'warning',
    VersionsPerProvider: 'error, warning',
    ZoneCount: 'warning',
  });
});

test.each(ALL_RULES.map((rule) => [rule.code, rule] as const))('%s is a noun, with two sentences and a source', (code, { what, why, source }) => {
  expect(code).toMatch(/^[A-Z][A-Za-z0-9]+$/);
  expect(what).toMatch(/^[A-Z/].*\.$/);
  expect(why).toMatch(/^[A-Z].*[."]$/);
  expect(() => new URL(source)).not.toThrow();
});

describe('the list of all findings', () => {
  const description = { code: 'Some', level: Level.ERROR, what: 'It is so.', why: 'Else it isn\'t.', source: 'https://aws.amazon.com/' };

  test('refuses two descriptions under one code', () => {
    expect(() => allOf([{ moments: [Moment.CALL], rules: [description, { ...description, why: 'Another reason.' }] }])).toThrow('Some has two descriptions');
    expect(() => allOf([{ moments: [Moment.CALL], rules: [description] }, { moments: [Moment.TEMPLATE], rules: [{ ...description, level: Level.INFO }] }])).toThrow('Some has two descriptions');
  });

  test('knows one description by all moments at which it is reported', () => {
    const [{ moments }, ...others] = allOf([{ moments: [Moment.TEMPLATE], rules: [description] }, { moments: [Moment.CALL], rules: [description] }]);

    expect(moments).toEqual([Moment.CALL, Moment.TEMPLATE]);
    expect(others).toEqual([]);
  });

  test.each([
    [Level.ERROR, undefined, [Moment.CALL, Moment.SYNTHESIS, Moment.TEMPLATE]],
    [Level.WARNING, Level.ERROR, [Moment.CALL, Moment.SYNTHESIS, Moment.TEMPLATE]],
    [Level.WARNING, undefined, [Moment.SYNTHESIS, Moment.TEMPLATE]],
    [Level.INFO, undefined, [Moment.TEMPLATE]],
  ])('leaves out moments that don\'t report the level: %s, also %s', (level, alsoLevel, moments) => {
    expect(allOf([{ moments: ALWAYS, rules: [{ ...description, level, alsoLevel }] }])).toEqual([expect.objectContaining({ moments })]);
  });

  test('names what no template shows', () => {
    const plugin = new ManagedInstancesChecks().ruleIds!;

    const ofConstructs = [
      'AlarmBasisChanged', 'AlarmCpuMetricName', 'AlarmRunbookUrl', 'AlarmThresholdDirection', 'AlarmThresholdRange', 'AlarmThresholdUnknown',
      'AlarmThresholdUnused', 'AlarmVersionNumber', 'AlarmVersions', 'AlarmVersionsUnused', 'AlarmsExceedStack', 'AttachTarget', 'BudgetExceeded',
      'ContradictingProps', 'DeploymentAlarmCycle', 'DeploymentAlarmUnused', 'EstimateInput', 'InstanceChurnLogGroup', 'InstanceRequirement',
      'MetricAmount', 'MetricInstanceType', 'MetricOfAlias', 'MetricOption', 'MetricPeriodTooShort', 'MetricStatistic', 'MetricVersion',
      'NoDataAlarmOfIdleFunction', 'SecondProvider', 'SelectedArchitecture', 'SubnetsWithoutVpc', 'UnderUtilisedTypes',
    ];

    expect(ALL_RULES.map(({ code }) => code)).toEqual(expect.arrayContaining(ofConstructs));
    expect(plugin.filter((code) => ofConstructs.includes(code))).toEqual([]);
  });
});
