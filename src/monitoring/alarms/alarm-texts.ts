import { AlarmText } from './alarm-spec';

const GUIDE = 'https://docs.aws.amazon.com/lambda/latest/dg';
const SCALING = `${GUIDE}/lambda-managed-instances-scaling.html`;
const TROUBLESHOOTING = `${GUIDE}/lambda-managed-instances-troubleshooting.html`;
const METRICS = `${GUIDE}/lambda-managed-instances-monitoring-metrics.html`;
const SYSTEM_LOGS = `${GUIDE}/lambda-managed-instances-monitoring-system-logs.html`;

const VCPU_CEILING: AlarmText = {
  meaning: 'Execution environments hold most of the vCPUs that they can hold below maxVCpuCount. At the ceiling Lambda launches no further instance and requests are throttled.',
  look: 'vCPU by instance type on the dashboard; versions that are no longer used but keep their environments',
  remedy: 'raise maxVCpuCount, delete unused versions, or move functions to a second capacity provider',
  link: SCALING,
};

const INSTANCE_WARNINGS: AlarmText = {
  meaning: 'In the last quarter of an hour Lambda logged warnings about instances: a launch, a termination or a health check failed.',
  look: 'the last warnings in the system log on the dashboard',
  remedy: 'allow more instance types or subnets, look for used-up addresses, and check the operator role and the key',
  link: SYSTEM_LOGS,
};

const ENVIRONMENT_CPU: AlarmText = {
  meaning: 'The CPUs of a function\'s execution environments stay above what scaling aims at.',
  look: 'CPU and saturation of the environments on the dashboard; whether CPU throttles follow',
  remedy: 'give the function more vCPUs, lower perExecutionEnvironmentMaxConcurrency, or scale manually to a lower CPU target',
  link: TROUBLESHOOTING,
};

const ENVIRONMENT_MEMORY: AlarmText = {
  meaning: 'The fullest execution environment of a function is about to run out of memory. All its concurrent requests share it.',
  look: 'memory against concurrency of the environments on the dashboard',
  remedy: 'raise memorySize, or lower perExecutionEnvironmentMaxConcurrency',
  link: TROUBLESHOOTING,
};

function throttled(why: string, remedy: string): AlarmText {
  return { meaning: `Requests have been throttled for a quarter of an hour because ${why}.`, look: 'throttle reasons and the function on the dashboard', remedy, link: TROUBLESHOOTING };
}

/** What each alarm means, what to look at first, what to do. */
export const ALARM_TEXTS = {
  vCpuCeiling: VCPU_CEILING,
  instanceWarnings: INSTANCE_WARNINGS,
  environmentCpu: ENVIRONMENT_CPU,
  environmentMemory: ENVIRONMENT_MEMORY,
  providerCpu: {
    meaning: 'The CPUs of all instances of one type stay busy.',
    look: 'CPU by instance type, and vCPU against the ceiling on the dashboard',
    remedy: 'lower the CPU target of scaling, raise maxVCpuCount if it is near, or give busy functions more vCPUs',
    link: SCALING,
  },
  providerMemory: {
    meaning: 'The memory of all instances of one type is nearly full.',
    look: 'memory by instance type and packing efficiency on the dashboard',
    remedy: 'allow instances with more memory per vCPU, or lower the functions\' memorySize',
    link: SCALING,
  },
  lowHeadroom: {
    meaning: 'The next execution environment needs a new instance, which takes minutes. Usual in a well-packed fleet.',
    look: 'vCPU available on the dashboard; whether a peak is near',
    remedy: 'before a peak raise minExecutionEnvironments',
    link: SCALING,
  },
  noData: {
    meaning: 'The capacity provider has sent no metric for half an hour: it has no instance, or no way to CloudWatch.',
    look: 'instances in the system log; routes, NAT gateways or endpoints of the subnets',
    remedy: 'restore the way out, or publish a version',
    link: METRICS,
  },
  instanceChurn: {
    meaning: 'Lambda launches more instances than is usual at this time. Instances are replaced after 14 days at most, so some launches always are.',
    look: 'launches and terminations on the dashboard; whether requests changed as well; failed health checks in the system log',
    remedy: 'if requests didn\'t change leave more headroom: lower the CPU target of scaling or raise minExecutionEnvironments; else nothing',
    link: SYSTEM_LOGS,
  },
  underUtilised: {
    look: 'packing on the dashboard, and whether the fleet is larger than the minimum of its functions asks for',
    remedy: 'raise perExecutionEnvironmentMaxConcurrency, lower memorySize or minExecutionEnvironments, or let more functions share the fleet',
    link: SCALING,
  },
  concurrencyThrottles: throttled(
    'each environment had as many at once as it may',
    'raise perExecutionEnvironmentMaxConcurrency if CPU is low, else maxExecutionEnvironments or maxVCpuCount',
  ),
  cpuThrottles: throttled(
    'the CPUs of its environments were busy',
    'give the function more vCPUs, lower perExecutionEnvironmentMaxConcurrency, or scale manually to a lower CPU target',
  ),
  memoryThrottles: throttled('the memory of its environments was full', 'raise memorySize, or lower perExecutionEnvironmentMaxConcurrency'),
  diskThrottles: throttled('/tmp of its environments was full', 'raise the ephemeral storage, clean /tmp up, or lower perExecutionEnvironmentMaxConcurrency'),
  throttleRate: {
    meaning: 'More requests than usual are turned away.',
    look: 'throttle reasons, then growth of requests on the dashboard',
    remedy: 'follow the reason; where traffic doubled within five minutes raise minExecutionEnvironments before the next peak, or put a queue in front',
    link: TROUBLESHOOTING,
  },
  errorRate: {
    meaning: 'More invocations fail than usual.',
    look: 'the function\'s log; whether environments ran out of memory',
    remedy: 'roll back the last version if it began with it; several requests share one environment: look for state that they share, too',
    link: TROUBLESHOOTING,
  },
  durationP99: {
    meaning: 'The slowest requests come near the function\'s timeout.',
    look: 'CPU and saturation of the environments on the dashboard, then what the function calls',
    remedy: 'lower perExecutionEnvironmentMaxConcurrency or give more vCPUs if CPU is busy, else mend what is called, or raise the timeout',
    link: TROUBLESHOOTING,
  },
  concurrencySaturation: {
    meaning: 'Execution environments are close to as many requests at once as they may have. Throttles follow.',
    look: 'CPU of the environments on the dashboard',
    remedy: 'if CPU is low raise perExecutionEnvironmentMaxConcurrency, else maxExecutionEnvironments; look at the ceiling',
    link: SCALING,
  },
  trafficDoubling: {
    meaning: 'Requests more than doubled within five minutes, faster than Lambda promises to scale.',
    look: 'throttles on the dashboard',
    remedy: 'if this comes again raise minExecutionEnvironments before, lower the CPU target, or put a queue in front',
    link: SCALING,
  },
  capacityExhausted: {
    meaning: 'Requests are throttled and the fleet can\'t grow: it is at its vCPU ceiling, or instances fail to launch. Raise a limit: tuning functions won\'t help.',
    look: 'which of the two it is: vCPU against the ceiling, or the last warnings in the system log',
    remedy: 'raise maxVCpuCount or delete unused versions; or allow more instance types and subnets',
    link: SCALING,
  },
  functionsNeedTuning: {
    meaning: 'Requests are throttled although the fleet could grow. Tune the function: raising the fleet\'s ceiling won\'t help.',
    look: 'which of the four throttle reasons is in alarm, and its contributor, which is the function',
    remedy: 'do what that alarm says: concurrency, vCPUs, memory or disk of the function',
    link: TROUBLESHOOTING,
  },
  functionImpaired: {
    meaning: 'Callers of the function notice: requests are throttled, fail, or come near the timeout.',
    look: 'which of the alarms below it fires, then the function on the dashboard',
    remedy: 'do what that alarm says',
    link: TROUBLESHOOTING,
  },
};
