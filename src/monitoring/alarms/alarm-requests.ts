import { Token } from 'aws-cdk-lib';
import { AlarmLevel, includes } from './alarm-level';
import { ALARM_REQUEST_RULES, THRESHOLD_RULES, THRESHOLD_USE_RULES } from './alarm-rules';
import { AlarmSpec, LONGEST_RUNBOOK_URL } from './alarm-spec';
import { ManagedInstancesAlarmsProps } from './alarms-props';
import { hasProviderComposites } from './composite-alarms';
import { FUNCTION_THRESHOLDS, SYMPTOM_THRESHOLDS } from './function-alarms';
import { thresholdFacts, ThresholdName, thresholdsAsked, ThresholdTable } from './thresholds';
import { UNKNOWN } from '../../reading/fact';
import { Finding, findingsOf } from '../../rules/findings';
import { codeContext } from '../../rules/rule';
import { AlarmObstacle, AlarmRequestFacts } from '../metrics/monitoring-facts';

/** Each type has an alarm, and each alarm a price. */
const MOST_TYPES = 10;

/** What somebody asks for, and what comes of it. */
export interface AlarmRequest {
  readonly props: ManagedInstancesAlarmsProps;
  readonly thresholds: ThresholdTable;
  readonly level: AlarmLevel;
  readonly instanceTypes: string[];
  /** The alarms of the provider and of all functions at once. */
  readonly specs: AlarmSpec[];
}

/** What is wrong with what somebody asks for: what CloudWatch can't do, and what nothing would come of. */
export function requestFindings(request: AlarmRequest): Finding[] {
  const { props } = request;
  const level = inCode(request.level);
  return [
    ...thresholdFacts(props).flatMap((facts) => findingsOf(THRESHOLD_RULES, facts, codeContext())),
    ...thresholdsAsked(props).flatMap((name) => findingsOf(THRESHOLD_USE_RULES, { name, obstacle: obstacleOf(name, request), level }, codeContext())),
    ...findingsOf(ALARM_REQUEST_RULES, requestFacts(request), codeContext()),
  ];
}

/** The alarms that the level includes and that aren't off. */
export function wantedOf<Spec extends AlarmSpec>(specs: Spec[], level: AlarmLevel): (Spec & Required<Pick<AlarmSpec, 'threshold'>>)[] {
  return specs.filter((spec): spec is Spec & Required<Pick<AlarmSpec, 'threshold'>> => spec.threshold !== undefined && includes(level, spec.level));
}

/** Why nothing comes of a threshold. Rules of their own tell what unusual launches and little use need. */
function obstacleOf(name: ThresholdName, { props, level, specs }: AlarmRequest): AlarmObstacle | undefined {
  if (wantedOf(specs, level).some(({ watches }) => watches === name)) return undefined;
  const ofFunctions = (FUNCTION_THRESHOLDS as Partial<Record<ThresholdName, AlarmLevel>>)[name];
  if (ofFunctions !== undefined) {
    if (!props.perFunction) return AlarmObstacle.PER_FUNCTION;
    return includes(level, ofFunctions) ? undefined : AlarmObstacle.LEVEL;
  }
  switch (name) {
    case 'instanceChurn':
    case 'underUtilised':
      return undefined;
    case 'vCpuCeiling':
    case 'vCpuCeilingReached':
      return AlarmObstacle.CEILING;
    case 'instanceWarnings':
    case 'instanceWarningsRepeated':
      return AlarmObstacle.LOG_GROUP;
    default:
      return AlarmObstacle.LEVEL;
  }
}

function requestFacts({ props, thresholds, level, instanceTypes, specs }: AlarmRequest): AlarmRequestFacts {
  const isSet = (name: ThresholdName) => thresholds.get(name) !== undefined;
  const { logGroup, deploymentAlarm, versions = [], perFunction = false } = props;
  return {
    underUtilisedTypes: isSet('underUtilised') ? instanceTypes.map((type) => (Token.isUnresolved(type) ? UNKNOWN : type)) : undefined,
    hasTypes: props.instanceTypes !== undefined,
    mostTypes: MOST_TYPES,
    instanceChurn: isSet('instanceChurn'),
    hasLogGroup: logGroup !== undefined,
    deploymentAlarm: deploymentAlarm !== undefined,
    level: inCode(level),
    silencedLevels: [AlarmLevel.STANDARD, AlarmLevel.FULL].map(inCode),
    hasComposites: includes(level, AlarmLevel.STANDARD)
      && (hasProviderComposites(wantedOf(specs, level).map(({ id }) => id)) || (perFunction && SYMPTOM_THRESHOLDS.some(isSet))),
    versions: versions.flatMap(({ version }) => unlessToken(version) ?? []),
    hasVersions: versions.length > 0,
    perFunction,
    resourceDimension: props.resourceDimension ?? true,
    cpuMetricName: unlessToken(props.cpuMetricName),
    runbookUrl: unlessToken(props.runbookUrl),
    longestRunbookUrl: LONGEST_RUNBOOK_URL,
  };
}

function unlessToken(text: string | undefined): string | undefined {
  return Token.isUnresolved(text) ? undefined : text;
}

/** As the caller writes it. */
function inCode(level: AlarmLevel): string {
  return `AlarmLevel.${level.toUpperCase()}`;
}
