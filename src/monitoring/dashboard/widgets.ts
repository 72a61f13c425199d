import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { CLOUDWATCH_LIMITS } from '../../service/cloudwatch-limits';
import { Threshold, ThresholdName, Thresholds } from '../alarms/thresholds';
import { COLORS } from '../metrics/colors';

/** The columns of the grid. */
export const COLUMNS = CLOUDWATCH_LIMITS.dashboardColumns;

/** The height of a graph, and its width if four share a row. */
export const GRAPH = 6;

/** Returns a graph of lines over time, beginning at 0. */
export function graph(title: string, props: cloudwatch.GraphWidgetProps): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({ title, leftYAxis: { min: 0, showUnits: false }, width: GRAPH, height: GRAPH, ...props });
}

/** Puts widgets side by side. */
export function row(widgets: cloudwatch.IWidget[]): cloudwatch.IWidget {
  return new cloudwatch.Row(...widgets);
}

/** Returns Markdown over the whole width. */
export function text(height: number, markdown: string[]): cloudwatch.IWidget {
  // This is set explicitly, because releases of CDK have different defaults.
  const background = cloudwatch.TextWidgetBackground.SOLID;
  return new cloudwatch.TextWidget({ markdown: markdown.join('\n'), background, width: COLUMNS, height });
}

/** Returns a line for each threshold. Several sets of alarms may share one. */
export function lines(...thresholds: (Threshold | undefined)[]): cloudwatch.HorizontalAnnotation[] {
  const all = thresholds.flatMap((threshold) => (threshold ? [threshold.line] : []));
  return [...new Map(all.map((line) => [`${line.value} ${line.label}`, line])).values()];
}

/** Returns the thresholds with these names, of all sets of alarms. */
export function thresholdsOf(sets: Thresholds[], ...names: ThresholdName[]): Threshold[] {
  return names.flatMap((name) => sets.flatMap((set) => set.get(name) ?? []));
}

/** Returns the thresholds of alarms by name. */
export function linesOf(sets: Thresholds[], ...names: ThresholdName[]): cloudwatch.HorizontalAnnotation[] {
  return lines(...thresholdsOf(sets, ...names));
}

/** Returns the line of a limit that isn't the threshold of an alarm. */
export function limit(value: number, label: string): cloudwatch.HorizontalAnnotation {
  return { value, label, color: COLORS.limit };
}

/** Returns the line of a limit if its value is known. */
export function limits(value: number | undefined, label: string): cloudwatch.HorizontalAnnotation[] {
  return value === undefined ? [] : [limit(value, `${label} ${value}`)];
}
