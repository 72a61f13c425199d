/** One value for each period. Undefined if there is none. */
export type Series = (number | undefined)[];

type Operator = (x: number, y: number) => number | undefined;

const OPERATORS: Record<string, Operator> = {
  '+': (x, y) => x + y,
  '-': (x, y) => x - y,
  '*': (x, y) => x * y,
  '/': (x, y) => (y === 0 ? undefined : x / y),
  '>': (x, y) => Number(x > y),
  '>=': (x, y) => Number(x >= y),
};

const FUNCTIONS: Record<string, (...args: Series[]) => Series> = {
  FILL: (series, filler) => series.map((value, i) => value ?? filler[i]),
  DIFF: (series) => series.map((value, i) => {
    const before = series[i - 1];
    return value === undefined || before === undefined ? undefined : value - before;
  }),
  IF: (condition, yes, no) => condition.map((value, i) => (value === undefined ? undefined : (value !== 0 ? yes[i] : no[i]))),
};

/**
 * Evaluates CloudWatch's metric math, as far as the library uses it, over series of one length. Throws for anything else. A missing value makes the
 * result missing. `seconds` is the period.
 */
export function evaluate(expression: string, scope: Record<string, Series>, seconds: number = 300): Series {
  return new Evaluation(expression, scope, seconds).result();
}

class Evaluation {
  private readonly tokens: string[];
  private readonly length: number;
  private at = 0;

  constructor(private readonly expression: string, private readonly scope: Record<string, Series>, private readonly seconds: number) {
    this.tokens = expression.match(/>=|[A-Za-z_]\w*|\d+(?:\.\d+)?|\S/g) ?? [];
    this.length = Math.max(...Object.values(scope).map((series) => series.length));
  }

  public result(): Series {
    const result = this.comparison();
    if (this.at !== this.tokens.length) this.refuse(this.tokens[this.at]);
    return result;
  }

  private comparison(): Series {
    return this.binary(['>', '>='], () => this.binary(['+', '-'], () => this.binary(['*', '/'], () => this.primary())));
  }

  private binary(operators: string[], operand: () => Series): Series {
    let left = operand();
    while (operators.includes(this.tokens[this.at])) {
      const operator = OPERATORS[this.next()];
      const right = operand();
      left = left.map((x, i) => {
        const y = right[i];
        return x === undefined || y === undefined ? undefined : operator(x, y);
      });
    }
    return left;
  }

  private primary(): Series {
    const token = this.next();
    if (/^\d/.test(token)) return new Array(this.length).fill(Number(token));
    if (token === '(') return this.until(')', this.comparison());
    if (!/^\w/.test(token ?? '')) this.refuse(token);
    if (this.tokens[this.at] !== '(') return this.scope[token] ?? this.refuse(token);
    this.next();
    if (token === 'PERIOD') {
      this.comparison();
      return this.until(')', new Array(this.length).fill(this.seconds));
    }
    if (token === 'MAX') return this.across((values) => Math.max(...values));
    if (token === 'SUM') return this.across((values) => values.reduce((sum, value) => sum + value, 0));
    const args = this.list(')');
    return (FUNCTIONS[token] ?? this.refuse(token))(...args);
  }

  /** Evaluates functions of several series, such as `MAX([a, b])`. Series without a value are left out. */
  private across(aggregate: (values: number[]) => number): Series {
    this.expect('[');
    const all = this.list(']');
    return this.until(')', all[0].map((_, i) => {
      const values = all.flatMap((series) => series[i] ?? []);
      return values.length === 0 ? undefined : aggregate(values);
    }));
  }

  private list(end: string): Series[] {
    const items = [this.comparison()];
    while (this.tokens[this.at] === ',') {
      this.next();
      items.push(this.comparison());
    }
    this.expect(end);
    return items;
  }

  private until(token: string, value: Series): Series {
    this.expect(token);
    return value;
  }

  private expect(token: string): void {
    if (this.next() !== token) this.refuse(this.tokens[this.at - 1]);
  }

  private next(): string {
    return this.tokens[this.at++];
  }

  private refuse(token: string): never {
    throw new Error(`${token} in ${this.expression}`);
  }
}
