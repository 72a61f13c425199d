/**
 * Has compiled files load the rooms that not every app uses when they first use them, as the files of aws-cdk-lib do with all that they import.
 * TypeScript can't be told to; without this, the first fleet loads dashboards, plans and prices, too. The index loads all on first use.
 *
 * `const a_1 = require("./a")` becomes `let a_1`, and each use of it `(a_1 ??= require("./a"))`: no call once it is there. What a file uses
 * while it is loaded itself is loaded with it.
 *
 * For `import` in ES modules, Node.js looks for names in the text. It finds them at the top of the index (`exports.A = exports.B = void 0`),
 * and would strike off those for which it reads `Object.defineProperty(exports, "A"` with a getter that it can't follow.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import * as ts from 'typescript';

/** The rooms that an app with a fleet and its functions doesn't use. */
const ON_DEMAND = ['catalog', 'checks', 'migration', 'monitoring', 'planning', 'prices', 'scheduling'];
/** The command, its page and rehearsals run by themselves. */
const PROGRAMS = ['cli', 'report', 'rehearsal'];

const DEFINE = ' const define = (name, getter) => Object.defineProperty(exports, name, getter);';

/** A part of a file, and what becomes of it. */
type Edit = [start: number, end: number, text: string];

/** Has each compiled file of a folder load on first use what not every app uses. */
export function lazyModules(folder: string): void {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf-8' });
  const names = all.filter((name) => name.endsWith('.js') && !PROGRAMS.includes(roomOf(name)));
  const program = ts.createProgram(names.map((name) => join(folder, name)), { allowJs: true, noResolve: true, noLib: true, types: [] });
  for (const name of names) {
    const source = program.getSourceFile(join(folder, name))!;
    const edits = editsOf(source, name, program.getTypeChecker()).sort(([a], [b]) => b - a);
    writeFileSync(source.fileName, edits.reduce((text, [start, end, other]) => text.slice(0, start) + other + text.slice(end), source.text));
  }
}

function editsOf(source: ts.SourceFile, file: string, checker: ts.TypeChecker): Edit[] {
  const isIndex = file === 'index.js';
  const uses = new Map<ts.Symbol, ts.Identifier[]>();
  collect(source);
  return source.statements.flatMap((statement): Edit[] => {
    if (ts.isVariableStatement(statement)) {
      const [{ name, initializer }] = statement.declarationList.declarations;
      const path = /^require\("([^"]+)"\)$/.exec(initializer?.getText() ?? '')?.[1];
      const of = uses.get(checker.getSymbolAtLocation(name)!)?.filter((use) => use !== name) ?? [];
      if (path === undefined || !(isIndex || isOnDemand(file, path)) || !of.every(isLater)) return [];
      return [
        [statement.getStart(), statement.end, `let ${name.getText()};`],
        ...of.map((use): Edit => [use.getStart(), use.end, `(${use.text} ??= ${initializer!.getText()})`]),
      ];
    }
    if (!isIndex) return [];
    const text = statement.getText();
    const [getter] = /^Object\.defineProperty\(exports, (?="(?!__esModule))/.exec(text) ?? [];
    if (getter) return [[statement.getStart(), statement.getStart() + getter.length, 'define(']];
    const [, room, load] = /^exports\.(\w+) = __importStar\((require\("[^"]+"\))\);$/.exec(text) ?? [];
    if (room) return [[statement.getStart(), statement.end, `define("${room}", { enumerable: true, get: () => ${load} });`]];
    return text.startsWith('Object.defineProperty(exports, "__esModule"') ? [[statement.end, statement.end, DEFINE]] : [];
  });

  function collect(node: ts.Node): void {
    const symbol = ts.isIdentifier(node) && checker.getSymbolAtLocation(node);
    if (symbol) uses.set(symbol, [...uses.get(symbol) ?? [], node]);
    ts.forEachChild(node, collect);
  }
}

function isOnDemand(name: string, path: string): boolean {
  const room = roomOf(posix.join(posix.dirname(name), path));
  return ON_DEMAND.includes(room) && room !== roomOf(name);
}

/** The first folder of a file's name. */
function roomOf(name: string): string {
  return name.split('/')[0];
}

/** Whether the file is loaded by then. */
function isLater(node: ts.Node): boolean {
  return ts.findAncestor(node, (one) => ts.isFunctionLike(one) || (ts.isPropertyDeclaration(one) && !ts.getCombinedModifierFlags(one))) !== undefined;
}

if (require.main === module) lazyModules('lib');
