/** Widgets as text of a dashboard's body, each in the Region and account of what it shows. */
import { IPostProcessor, IResolvable, IResolveContext, ResourceEnvironment, Stack, Token, Tokenization, TokenizedStringFragments } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { isToken } from '../../reading/constructs/token';

/** The Region and account of metrics, as far as they differ from the dashboard's. */
export interface MetricPlace {
  readonly region?: string;
  readonly accountId?: string;
}

/** How large a part of a dashboard is. */
export interface BodySize {
  readonly widgets: number;
  readonly metrics: number;
  readonly bytes: number;
}

/** Returns the Region and account to write for a metric on a dashboard of a stack. Unknown ones are taken for the stack's own. */
export function metricPlace({ region, account }: ResourceEnvironment, stack: Stack): MetricPlace {
  const differs = (value: string, own: string) => (isToken(value) || value === own ? undefined : value);
  return { region: differs(region, stack.region), accountId: differs(account, stack.account) };
}

/**
 * Widgets below each other, whose metrics, expressions and queries say where they are.
 *
 * They are written as JSON once, and CDK fills in what it knows at synthesis only. It renders a dashboard three times, and would take
 * each property of each widget apart each time: that costs five times as much.
 */
export class WrittenColumn extends cloudwatch.Column {
  private readonly place: Record<string, string>;
  private corner = '';
  private written?: { readonly widgets: any[]; readonly json: any[] };

  constructor({ region, accountId }: MetricPlace, ...widgets: cloudwatch.IWidget[]) {
    super(...widgets);
    this.place = { ...region && { region }, ...accountId && { accountId } };
  }

  public position(x: number, y: number): void {
    super.position(x, y);
    if (this.corner !== `${x},${y}`) this.written = undefined;
    this.corner = `${x},${y}`;
  }

  public toJson(): any[] {
    return this.write().json;
  }

  /** Returns how many widgets and metrics there are, and how long their text is: a token counts about as much as a name. */
  public size(): BodySize {
    const { widgets } = this.write();
    return {
      widgets: widgets.length,
      metrics: widgets.reduce((sum, { properties: { metrics } }) => sum + (metrics?.length ?? 0), 0),
      bytes: Buffer.byteLength(JSON.stringify(widgets)),
    };
  }

  private write() {
    if (!this.written) {
      const widgets = super.toJson().map(({ properties, ...widget }) => ({ ...widget, properties: this.placed(widget.type, properties) }));
      this.written = { widgets, json: isText(widgets) ? withTokens(widgets) : widgets };
    }
    return this.written;
  }

  private placed(type: string, properties: any): any {
    if (type === 'log') return { ...properties, ...this.place };
    const { metrics } = properties;
    return Array.isArray(metrics) ? { ...properties, metrics: metrics.map((metric) => this.placedMetric(unwrapped(metric))) } : properties;
  }

  /** A metric ends in its options, where it has some. One that says where it is keeps to it. */
  private placedMetric(metric: any[]): any[] {
    if (Object.keys(this.place).length === 0) return metric;
    const options = metric[metric.length - 1];
    return typeof options === 'object' ? [...metric.slice(0, -1), { ...this.place, ...options }] : [...metric, this.place];
  }
}

/** A metric as it is, which CDK wraps to drop empty options when it resolves it. */
function unwrapped(metric: any): any {
  if (!Tokenization.isResolvable(metric)) return metric;
  let processor: IPostProcessor | undefined;
  const asItIs = { resolve: (value: unknown) => value, registerPostProcessor: (last: IPostProcessor) => { processor = last; } };
  const value = (metric as IResolvable).resolve(asItIs as IResolveContext);
  return processor ? processor.postProcess(value, asItIs as IResolveContext) : value;
}

/** Whether tokens are in strings only: numbers and objects that come later aren't written as text. */
function isText(value: unknown): boolean {
  if (typeof value === 'number') return !isToken(value);
  if (typeof value !== 'object' || value === null) return true;
  return Array.isArray(value) ? value.every(isText) : !Tokenization.isResolvable(value) && Object.values(value).every(isText);
}

/** Widgets as a body takes them, with their tokens filled in. Of all that CDK renders as JSON, it leaves the text of numbers alone. */
function withTokens(widgets: any[]): any[] {
  const text = Tokenization.reverseString(JSON.stringify(widgets).slice(1, -1));
  return text.tokens.length === 0 ? widgets : [Token.asNumber({
    creationStack: [],
    resolve: (context: IResolveContext) => ({ 'Fn::Join': ['', resolvedParts(text, context)] }),
    toString: () => 'widgets',
  })];
}

/** Each token is resolved once, however often it is there. */
function resolvedParts(text: TokenizedStringFragments, context: IResolveContext): unknown[] {
  const resolved = new Map<IResolvable, unknown>();
  const fragments = text.mapTokens({
    mapToken: (token) => {
      if (!resolved.has(token)) resolved.set(token, quoted(context.resolve(token)));
      return resolved.get(token);
    },
  });
  const parts = [fragments.firstValue];
  fragments.join({ join: (_, right) => parts.push(right) });
  return parts;
}

/** Returns a text as the inside of a JSON string. */
function quoted(value: unknown): any {
  if (typeof value === 'string') return JSON.stringify(value).slice(1, -1);
  if (Array.isArray(value)) return value.map(quoted);
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, quoted(inner)])) : value;
}
