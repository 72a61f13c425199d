/** Builds addresses in AWS's console. */
import { Aws } from 'aws-cdk-lib';
import { isToken } from '../../reading/constructs/token';
import { isKnown } from '../../reading/fact';
import { FunctionView } from '../fleet-view';

const CONSOLE = 'https://console.aws.amazon.com';

/** A slash, encoded twice as CloudWatch's console expects it after the `#`. */
export const SLASH = '$252F';

/**
 * Returns the address of the list of capacity providers, because AWS doesn't document how to link to a single one. Source:
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-monitoring-system-logs-cwl.html (read 2026-11-25)
 */
export function capacityProviders(region: string): string {
  return `${CONSOLE}/lambda/home?region=${known(region)}#/capacity-providers`;
}

/** Returns the address of a log group, whose name is already encoded. */
export function logGroup(encodedName: string, region: string): string {
  return `${CONSOLE}/cloudwatch/home?region=${known(region)}#logsV2:log-groups/log-group/${encodedName}`;
}

/** Encodes the name of a log group for the console's addresses. */
export function encoded(name: string): string {
  return name.replace(/\//g, SLASH).replace(/#/g, '$2523');
}

/** Returns links to the metrics of a function and, if its name is known, to its log. Otherwise the tab with the metrics leads to the log. */
export function linksTo(functionName: string, region: string, { logGroupName }: FunctionView): string[] {
  return [
    `[Metrics](${CONSOLE}/lambda/home?region=${known(region)}#/functions/${functionName}?tab=monitoring)`,
    ...logGroupName === undefined ? [`[Log](${logGroup(`${encoded('/aws/lambda/')}${functionName}`, region)})`] : [],
    ...logGroupName !== undefined && isKnown(logGroupName) ? [`[Log](${logGroup(encoded(logGroupName), region)})`] : [],
  ];
}

/** Returns a Region for an address. An unknown Region is that of the dashboard. */
function known(region: string): string {
  return isToken(region) ? Aws.REGION : region;
}
