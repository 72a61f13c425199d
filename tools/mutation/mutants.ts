/** Creates mutants of a source file, each of which breaks one expression, and samples them. */
import { createHash } from 'node:crypto';
import * as ts from 'typescript';

/** A source file with one broken expression. */
export interface Mutant {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  /** The expression that replaces the original. */
  readonly text: string;
  /** The place, the original and the replacement, for people. */
  readonly description: string;
}

const OPPOSITES: Record<string, string> = {
  '<': '<=', '<=': '<', '>': '>=', '>=': '>', '===': '!==', '!==': '===', '&&': '||', '||': '&&', '+': '-', '-': '+', '*': '/', '/': '*', '%': '*', '??': '&&',
};

/**
 * Returns the mutants of a file. A mutant changes one number, comparison, operator, condition, truth value or level, or leaves out a list that is
 * spread into another one, or a call whose result isn't used.
 */
export function mutantsOf(file: string, text: string): Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const mutants: Mutant[] = [];
  const replace = (node: ts.Node, instead: string, what: ts.Node = node, whatInstead: string = instead) => {
    const [start, end] = [node.getStart(), node.getEnd()];
    const line = source.getLineAndCharacterOfPosition(what.getStart()).line + 1;
    const description = `${file}:${line} ${what.getText().replace(/\s+/g, ' ').slice(0, 120)} → ${whatInstead}`;
    mutants.push({ file, start, end, text: instead, description });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isImportDeclaration(node)) return;
    if (ts.isNumericLiteral(node) && !isKey(node)) replace(node, `(${node.text} + 1)`);
    if (ts.isBinaryExpression(node) && node.operatorToken.getText() in OPPOSITES) {
      const opposite = OPPOSITES[node.operatorToken.getText()];
      // JavaScript allows `??` next to `&&` or `||` only in parentheses.
      replace(node, `((${node.left.getText()}) ${opposite} (${node.right.getText()}))`, node.operatorToken, opposite);
    }
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) replace(node, `(${node.operand.getText()})`);
    if (node.kind === ts.SyntaxKind.TrueKeyword) replace(node, 'false');
    if (node.kind === ts.SyntaxKind.FalseKeyword) replace(node, 'true');
    if (ts.isIfStatement(node)) ['true', 'false'].forEach((value) => replace(node.expression, value));
    if (ts.isConditionalExpression(node)) ['true', 'false'].forEach((value) => replace(node.condition, value));
    if (ts.isPropertyAccessExpression(node) && node.expression.getText() === 'Level') {
      const other = node.name.text === 'ERROR' ? 'WARNING' : 'ERROR';
      replace(node, `Level.${other}`, node.name, other);
    }
    if (ts.isSpreadElement(node) && ts.isArrayLiteralExpression(node.parent)) replace(node.expression, '[]');
    if (ts.isExpressionStatement(node) && isCall(node.expression)) replace(node.expression, 'undefined');
    ts.forEachChild(node, visit);
  };
  visit(source);
  return mutants;
}

/** Returns the source with all its mutants. Each is behind a switch: the source calls `isOn(index)` whenever it runs the expression that the mutant replaces. */
export function switched(text: string, mutants: readonly Mutant[], isOn: string): string {
  const opened = mutants.map((mutant, index) => (
    { at: mutant.start, rank: text.length - mutant.end, insert: `(${isOn}(${index}) ? ${mutant.text} : ` }
  ));
  const closed = mutants.map(({ end }) => ({ at: end, rank: -1, insert: ')' }));
  let [result, done] = ['', 0];
  for (const { at, insert } of [...opened, ...closed].sort((one, other) => one.at - other.at || one.rank - other.rank)) {
    result += text.slice(done, at) + insert;
    done = at;
  }
  return result + text.slice(done);
}

/** Whether a number is the name of a property, which isn't an expression. */
function isKey(node: ts.NumericLiteral): boolean {
  return ts.isPropertyAssignment(node.parent) && node.parent.name === node;
}

/** Whether an expression is a call that may be left out. Without its call of `super`, a class doesn't compile. */
function isCall(node: ts.Expression): boolean {
  return ts.isCallExpression(node) && node.expression.kind !== ts.SyntaxKind.SuperKeyword;
}

/** Returns so many elements, chosen by a seed. The same seed chooses the same elements. */
export function sample<T>(all: readonly T[], count: number, seed: string): T[] {
  const order = (index: number) => createHash('sha256').update(`${seed} ${index}`).digest('hex');
  return all.map((one, index) => ({ one, order: order(index) }))
    .sort((a, b) => a.order.localeCompare(b.order))
    .slice(0, count)
    .map(({ one }) => one);
}
