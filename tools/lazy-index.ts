import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Has the compiled index load each class when it is asked for first, as aws-cdk-lib does. TypeScript can't be told to;
 * without this, importing one class loads the whole package.
 *
 * For `import` in ES modules, Node.js looks for names in the text: it finds them at the top (`exports.A = exports.B = void 0`), and
 * would strike off those for which it reads `Object.defineProperty(exports, "A"` with a getter that it can't follow.
 */
const INDEX = 'lib/index.js';
const MODULE = /^var (\w+) = require\("([^"]+)"\);\n/gm;
const EXPORT = /^Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true, get: function \(\) \{ return (\w+)\.(\w+); \} \}\);$/gm;
const ROOM = /^exports\.(\w+) = __importStar\(require\("([^"]+)"\)\);$/gm;
const LAZILY = 'const lazily = (name, get) => Object.defineProperty(exports, name, { enumerable: true, get });\n';

const compiled = readFileSync(INDEX, 'utf-8');
const paths = new Map([...compiled.matchAll(MODULE)].map(([, name, path]) => [name, path]));
const [before] = compiled.split(/^var \w+ = require/m);
const lazy = before + LAZILY + compiled.slice(before.length)
  .replace(MODULE, '')
  .replace(EXPORT, (_, exported, name, member) => `lazily("${exported}", () => require("${paths.get(name)}").${member});`)
  .replace(ROOM, 'lazily("$1", () => require("$2"));');

const others = lazy.slice(before.length + LAZILY.length).split('\n').filter((line) => line !== '' && !line.startsWith('lazily('));
if (paths.size === 0 || others.length > 0) throw new Error(`${INDEX} is not as jsii compiles it: ${others.join('\n')}`);
writeFileSync(INDEX, lazy);
