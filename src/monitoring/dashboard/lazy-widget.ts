import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { MetricPlace, PlacedColumn } from './placed-column';
import { CLOUDWATCH_LIMITS } from '../../service/cloudwatch-limits';

/**
 * Widgets that are made when the dashboard is rendered, so that they show what was added after them. One block that fills
 * the grid from left to right.
 */
export class LazyWidget implements cloudwatch.IWidget {
  public readonly width = CLOUDWATCH_LIMITS.dashboardColumns;
  private column?: cloudwatch.Column;
  private state?: string;

  /**
   * @param produce the rows
   * @param place where their metrics are
   * @param currentState what the rows depend on: they are made anew where it has changed
   */
  constructor(
    private readonly produce: () => cloudwatch.IWidget[], private readonly place: () => MetricPlace, private readonly currentState: () => string,
  ) {}

  public get height(): number {
    return this.rows().height;
  }

  public position(x: number, y: number): void {
    this.rows().position(x, y);
  }

  public toJson(): any[] {
    return this.rows().toJson();
  }

  /** How many widgets and metrics there are. To count metrics takes as long as to render them. */
  public count(stack: Stack): { widgets: number; metrics: () => number } {
    const leaves = leavesOf(this.rows());
    const metrics = () => leaves.flatMap((widget) => widget.toJson())
      .reduce((sum, { properties }) => sum + (stack.resolve(properties.metrics)?.length ?? 0), 0);
    return { widgets: leaves.length, metrics };
  }

  private rows(): cloudwatch.Column {
    const state = this.currentState();
    if (!this.column || this.state !== state) {
      this.column = new PlacedColumn(this.place(), ...this.produce());
      this.state = state;
    }
    return this.column;
  }
}

function leavesOf(widget: cloudwatch.IWidget): cloudwatch.IWidget[] {
  return widget instanceof cloudwatch.Column || widget instanceof cloudwatch.Row ? widget.widgets.flatMap(leavesOf) : [widget];
}
