/** Writes widgets as the text of a dashboard's body, each with the Region and account of its metrics. */
import { IPostProcessor, IResolvable, IResolveContext, ResourceEnvironment, Stack, Token, Tokenization, TokenizedStringFragments } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { isToken } from '../../reading/constructs/token';

/** The Region and account of metrics, as far as they differ from the dashboard's. */
export interface MetricPlace {
  readonly region?: string;
  readonly accountId?: string;
}

/** The size of a part of a dashboard. */
export interface BodySize {
  readonly widgets: number;
  readonly metrics: number;
  readonly bytes: number;
}

/** Returns the Region and account to write for a metric on a dashboard of a stack. If they are unknown, they are assumed to be the stack's own. */
export function metricPlace({ region, account }: ResourceEnvironment, stack: Stack): MetricPlace {
  const differs = (value: string, own: string) => (isToken(value) || value === own ? undefined : value);
  return { region: differs(region, stack.region), accountId: differs(account, stack.account) };
}

/**
 * Widgets below each other, whose metrics, expressions and queries state their Region and account.
 *
 * They are written as JSON once, and CDK fills in the values that are known only at synthesis. CDK renders a dashboard three times, and would
 * otherwise resolve each property of each widget every time, which costs five times as much.
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

  /** Returns the number of widgets and metrics, and the length of their text, in which a token counts about as much as a name. */
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

  /**
   * Returns a metric with its Region and account in the options, which are its last entry if it has any. A metric that already states them keeps
   * them.
   */
  private placedMetric(metric: any[]): any[] {
    if (Object.keys(this.place).length === 0) return metric;
    const options = metric[metric.length - 1];
    return typeof options === 'object' ? [...metric.slice(0, -1), { ...this.place, ...options }] : [...metric, this.place];
  }
}

/** Returns a metric without CDK's wrapper, which drops empty options when it is resolved. */
function unwrapped(metric: any): any {
  if (!Tokenization.isResolvable(metric)) return metric;
  let processor: IPostProcessor | undefined;
  const asItIs = { resolve: (value: unknown) => value, registerPostProcessor: (last: IPostProcessor) => { processor = last; } };
  const value = (metric as IResolvable).resolve(asItIs as IResolveContext);
  return processor ? processor.postProcess(value, asItIs as IResolveContext) : value;
}

/** Whether all tokens are in strings. Numbers and objects that are tokens can't be written as text. */
function isText(value: unknown): boolean {
  if (typeof value === 'number') return !isToken(value);
  if (typeof value !== 'object' || value === null) return true;
  return Array.isArray(value) ? value.every(isText) : !Tokenization.isResolvable(value) && Object.values(value).every(isText);
}

/** Returns widgets for a dashboard's body, with their tokens filled in. When CDK renders JSON, it changes everything except the text of numbers. */
function withTokens(widgets: any[]): any[] {
  const text = Tokenization.reverseString(JSON.stringify(widgets).slice(1, -1));
  return text.tokens.length === 0 ? widgets : [Token.asNumber({
    creationStack: [],
    resolve: (context: IResolveContext) => ({ 'Fn::Join': ['', resolvedParts(text, context)] }),
    toString: () => 'widgets',
  })];
}

/** Resolves the tokens in a text. Each token is resolved once, even if it occurs several times. */
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
