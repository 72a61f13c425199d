import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { isEncodedToken } from '../../prices/encoded-token';
import { ConstructProperties } from '../../reading/constructs/construct-properties';
import { nameOf } from '../../reading/constructs/construct-views';
import { cfnFunctionOf } from '../../reading/constructs/resource-behind';
import { Fact, UNKNOWN } from '../../reading/fact';
import { functionArchitecture } from '../../reading/lambda-references';
import { LoadFacts } from '../function-estimate';

/**
 * The load of one function: its requests and how long they take.
 */
export interface FunctionLoad {
  /**
   * A function on the fleet.
   */
  readonly function: lambda.IFunctionRef;

  /**
   * The number of requests per month. The estimate works with averages; `peakToMean` describes peaks.
   */
  readonly requestsPerMonth: number;

  /**
   * The average duration of a request.
   */
  readonly meanDuration: Duration;

  /**
   * The average CPU time of a request. The estimate computes the environments that the concurrent requests need and those that their CPU time needs,
   * and takes the larger number.
   *
   * @default - requests are assumed to wait most of the time, so that only the number of requests at once counts; the estimate also says how many
   * environments requests would need that compute all the time
   */
  readonly meanCpuTime?: Duration;

  /**
   * The requests per second at the peak, divided by the average requests per second. It determines the suggested maximum of environments and
   * `maxVCpuCount`.
   *
   * @default 2, which Lambda absorbs within five minutes
   */
  readonly peakToMean?: number;

  /**
   * The memory in MB that the function would have on standard Lambda, where each request has its own environment: 128 to 10240.
   *
   * @default - the memory of the function on this fleet
   */
  readonly standardMemorySize?: number;
}

/** Returns the facts about a load that are known before deployment. */
export function loadFacts({ function: fn, requestsPerMonth, meanDuration, meanCpuTime, peakToMean, standardMemorySize }: FunctionLoad): LoadFacts {
  const resource = cfnFunctionOf(fn);
  return {
    functionName: resource ? nameOf(resource) : fn.node.path,
    architecture: resource ? functionArchitecture(new ConstructProperties(resource)) : UNKNOWN,
    requestsPerMonth: numberFact(requestsPerMonth),
    meanSeconds: secondsOf(meanDuration),
    meanCpuSeconds: meanCpuTime && secondsOf(meanCpuTime),
    peakToMean: numberFact(peakToMean),
    standardMemorySize: numberFact(standardMemorySize),
  };
}

function numberFact(value: number | undefined): Fact<number> {
  return isEncodedToken(value) ? UNKNOWN : value;
}

function secondsOf(duration: Duration): Fact<number> {
  return duration.isUnresolved() ? UNKNOWN : duration.toMilliseconds({ integral: false }) / 1000;
}
