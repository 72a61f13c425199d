/** Widgets of metrics and logs that are in another Region or account than the dashboard. */
import { IResolveContext, Lazy, ResourceEnvironment, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** Where metrics are, as far as that differs from where the dashboard is. */
export interface MetricPlace {
  readonly region?: string;
  readonly accountId?: string;
}

/** Where the metrics of something are for a dashboard in a stack. What isn't known is taken for the stack's own. */
export function metricPlace({ region, account }: ResourceEnvironment, stack: Stack): MetricPlace {
  const differs = (value: string, own: string) => (Token.isUnresolved(value) || value === own ? undefined : value);
  return { region: differs(region, stack.region), accountId: differs(account, stack.account) };
}

/** Widgets below each other, whose metrics, expressions and queries say where they are. */
export class PlacedColumn extends cloudwatch.Column {
  private readonly place: Record<string, string>;

  constructor({ region, accountId }: MetricPlace, ...widgets: cloudwatch.IWidget[]) {
    super(...widgets);
    this.place = { ...region && { region }, ...accountId && { accountId } };
  }

  public toJson(): any[] {
    const widgets = super.toJson();
    return Object.keys(this.place).length === 0 ? widgets : widgets.map((widget) => ({ ...widget, properties: this.placed(widget) }));
  }

  private placed({ type, properties }: any): any {
    if (type === 'log') return { ...properties, ...this.place };
    const { metrics } = properties;
    if (!metrics) return properties;
    // CDK renders them when the template is.
    const produce = (context: IResolveContext) => context.resolve(metrics)?.map((metric: any[]) => this.placedMetric(metric));
    return { ...properties, metrics: Lazy.uncachedAny({ produce }) };
  }

  /** A metric ends in its options, where it has some. One that says where it is keeps to it. */
  private placedMetric(metric: any[]): any[] {
    const options = metric[metric.length - 1];
    return typeof options === 'object' ? [...metric.slice(0, -1), { ...this.place, ...options }] : [...metric, this.place];
  }
}
