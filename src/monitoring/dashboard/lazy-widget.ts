/** Widgets that reflect later changes of the fleet. */
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { BodySize, MetricPlace, WrittenColumn } from './written-column';
import { CLOUDWATCH_LIMITS } from '../../service/cloudwatch-limits';

/**
 * Widgets that are created when the dashboard is rendered, so that they show functions and alarms that were added later. They form one block that
 * fills the grid from left to right.
 */
export class LazyWidget implements cloudwatch.IWidget {
  public readonly width = CLOUDWATCH_LIMITS.dashboardColumns;
  private column?: WrittenColumn;
  private state?: string;

  /**
   * @param produce the rows
   * @param place the Region and account of their metrics
   * @param currentState returns the state on which the rows depend; if it has changed, the rows are created again
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

  /** Returns the size of all widgets together. */
  public size(): BodySize {
    return this.rows().size();
  }

  private rows(): WrittenColumn {
    const state = this.currentState();
    if (!this.column || this.state !== state) {
      this.column = new WrittenColumn(this.place(), ...this.produce());
      this.state = state;
    }
    return this.column;
  }
}
