const NUMBER = /\d+(\.\d+)?/g;

/**
 * Returns the first line in which two texts differ, or undefined. Numbers may differ by one in their last digit, because counting or rounding on
 * another machine may lead to that.
 */
export function firstOtherFigure(written: string, now: string): string | undefined {
  const [lines, current] = [written, now].map((text) => text.trim().split('\n'));
  const index = Array.from({ length: Math.max(lines.length, current.length) }, (_, i) => i).find((i) => !saysTheSame(lines[i] ?? '', current[i] ?? ''));
  return index === undefined ? undefined : `"${lines[index] ?? ''}", now "${current[index] ?? ''}"`;
}

function saysTheSame(one: string, other: string): boolean {
  const [figures, others] = [one, other].map((line) => line.match(NUMBER) ?? []);
  return one.replace(NUMBER, '#') === other.replace(NUMBER, '#') && figures.every((figure, i) => isNear(figure, others[i]));
}

function isNear(one: string, other: string): boolean {
  const unit = 10 ** -decimals(one);
  return decimals(one) === decimals(other) && Math.abs(Number(one) - Number(other)) < 1.5 * unit;
}

function decimals(figure: string): number {
  return figure.split('.')[1]?.length ?? 0;
}
