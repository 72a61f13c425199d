/** Addresses in AWS's console. */
import { Aws } from 'aws-cdk-lib';
import { isToken } from '../../reading/constructs/token';
import { isKnown } from '../../reading/fact';
import { FunctionView } from '../fleet-view';

const CONSOLE = 'https://console.aws.amazon.com';

/** `/`, encoded twice as the console of CloudWatch reads what follows its `#`. */
export const SLASH = '$252F';

/** The list of capacity providers: no page of AWS says how to link to one. https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-monitoring-system-logs-cwl.html (read 2026-11-25) */
export function capacityProviders(region: string): string {
  return `${CONSOLE}/lambda/home?region=${known(region)}#/capacity-providers`;
}

/** A log group, by a name whose slashes are encoded. */
export function logGroup(encodedName: string, region: string): string {
  return `${CONSOLE}/cloudwatch/home?region=${known(region)}#logsV2:log-groups/log-group/${encodedName}`;
}

/** The name of a log group as the console's addresses have it. */
export function encoded(name: string): string {
  return name.replace(/\//g, SLASH).replace(/#/g, '$2523');
}

/** Links to the metrics of a function and, where its name is known, to its log: the tab of the console with the metrics leads to any log. */
export function linksTo(functionName: string, region: string, { logGroupName }: FunctionView): string[] {
  return [
    `[Metrics](${CONSOLE}/lambda/home?region=${known(region)}#/functions/${functionName}?tab=monitoring)`,
    ...logGroupName === undefined ? [`[Log](${logGroup(`${encoded('/aws/lambda/')}${functionName}`, region)})`] : [],
    ...logGroupName !== undefined && isKnown(logGroupName) ? [`[Log](${logGroup(encoded(logGroupName), region)})`] : [],
  ];
}

/** A Region that isn't known is that of the dashboard. */
function known(region: string): string {
  return isToken(region) ? Aws.REGION : region;
}
