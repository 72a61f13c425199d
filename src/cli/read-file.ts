/** Reads a template from text, with the line on which each resource begins. */
import { CollectionTag, Document, isMap, isScalar, LineCounter, parseDocument, ScalarTag, visit, YAMLMap, YAMLSeq } from 'yaml';
import { UsageError } from './usage';
import { entryOf } from '../reading/templates/template';

/** A template in a file. */
export interface TemplateFile {
  readonly file: string;
  readonly body: any;
  /** Returns the line on which a resource begins, counted from 1. */
  lineOf(logicalId: string): number | undefined;
}

/** CloudFormation's short forms whose long form isn't `Fn::<name>`. */
const OTHER_TAGS = ['Ref', 'Condition'];
const FUNCTIONS = [
  'And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'ForEach', 'GetAtt', 'GetAZs', 'GetStackOutput', 'If', 'ImportValue', 'Join', 'Length', 'Not', 'Or', 'Select', 'Split', 'Sub',
  'ToJsonString', 'Transform',
];

/** Reads YAML or JSON. Throws a usage error if the text isn't a template. */
export function readTemplate(file: string, text: string): TemplateFile {
  const { body, linesOf } = text.trimStart().startsWith('{') ? readJson(file, text) : readYaml(file, text);
  const resources = entryOf(body, 'Resources');
  if (typeof resources !== 'object' || resources === null || Array.isArray(resources)) {
    throw new UsageError(`${file} is not a CloudFormation or SAM template: it has no map of Resources.`);
  }
  let lines: Map<string, number> | undefined;
  return { file, body, lineOf: (logicalId) => (lines ??= linesOf()).get(logicalId) };
}

/** A parsed template, and a function that finds the lines on which its resources begin. Only findings need them. */
interface ReadText {
  readonly body: unknown;
  linesOf(): Map<string, number>;
}

function readJson(file: string, text: string): ReadText {
  try {
    return { body: JSON.parse(text), linesOf: () => linesInJson(text) };
  } catch (error) {
    throw new UsageError(`${file} is not valid JSON: ${(error as Error).message}.`);
  }
}

/** Returns the lines of the keys in `Resources`, by scanning only keys and brackets. */
function linesInJson(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  let [line, depth, section] = [1, 0, ''];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"(?=\s*:)|"(?:[^"\\]|\\.)*"|[{}[\]\n]/g)) {
    if (token === '\n') line++;
    else if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (depth === 1) section = JSON.parse(token);
    else if (depth === 2 && section === 'Resources') lines.set(JSON.parse(token), line);
  }
  return lines;
}

function readYaml(file: string, text: string): ReadText {
  const counter = new LineCounter();
  // The check for unique keys is off, because the parser would compare each key with all others of its map.
  const document = parseDocument(text, { customTags: tagsIn(text), lineCounter: counter, logLevel: 'error', merge: true, uniqueKeys: false });
  const error = errorText(document) ?? repeatedKey(document, counter);
  if (error !== undefined) throw new UsageError(`${file} is not valid YAML: ${error}.`);
  try {
    return { body: document.toJS({ maxAliasCount: 1000 }), linesOf: () => linesInYaml(document, counter) };
  } catch (tooDeep) {
    throw new UsageError(`${file} can't be read: ${(tooDeep as Error).message}.`);
  }
}

function errorText({ errors: [error] }: Document): string | undefined {
  return error?.code === 'MULTIPLE_DOCS' ? 'it has several documents, but a template is one' : error?.message.split('\n')[0].replace(/:$/, '');
}

function repeatedKey(document: Document, counter: LineCounter): string | undefined {
  let found: string | undefined;
  visit(document, {
    Map: (_, { items }) => {
      const keys = items.map(({ key }) => key).filter(isScalar).filter(({ value }) => value !== '<<');
      const seen = new Set<unknown>();
      const repeated = keys.find(({ value }) => seen.size === seen.add(value).size);
      if (!repeated?.range) return undefined;
      const { line, col } = counter.linePos(repeated.range[0]);
      found = `the key ${repeated.value} appears twice in a map, at line ${line}, column ${col}`;
      return visit.BREAK;
    },
  });
  return found;
}

function linesInYaml(document: Document, counter: LineCounter): Map<string, number> {
  const resources = document.get('Resources');
  const keys = isMap(resources) ? resources.items.map(({ key }) => key).filter(isScalar) : [];
  return new Map(keys.flatMap(({ value, range }) => (range ? [[String(value), counter.linePos(range[0]).line]] : [])));
}

/** CloudFormation reads YAML 1.1, which has more words for booleans than YAML 1.2. */
const WORDS_FOR_TRUTH: ScalarTag[] = [{ value: true, test: /^(?:yes|Yes|YES|on|On|ON)$/ }, { value: false, test: /^(?:no|No|NO|off|Off|OFF)$/ }].map(({ value, test }) => (
  { tag: 'tag:yaml.org,2002:bool', default: true, test, resolve: () => value }
));

/** Returns CloudFormation's tags and all other tags in a text. The result of an unknown function is unknown. */
function tagsIn(text: string): (ScalarTag | CollectionTag)[] {
  const names = new Set([...OTHER_TAGS, ...FUNCTIONS, ...[...text.matchAll(/(?<=[\s[,{]!)[A-Z]\w*/g)].map(([name]) => name)]);
  return [...WORDS_FOR_TRUTH, ...[...names].flatMap(tagsOf)];
}

function tagsOf(name: string): (ScalarTag | CollectionTag)[] {
  const long = OTHER_TAGS.includes(name) ? name : `Fn::${name}`;
  return [
    // `!GetAtt Orders.Arn` may also be a list.
    { tag: `!${name}`, resolve: (text: string) => ({ [long]: text }) },
    { tag: `!${name}`, collection: 'seq', resolve: (list) => collected(long, list as YAMLSeq) },
    { tag: `!${name}`, collection: 'map', resolve: (map) => collected(long, map as YAMLMap) },
  ];
}

/** Returns the long form: a map with one entry. */
function collected(long: string, value: YAMLSeq | YAMLMap): YAMLMap {
  const map = new YAMLMap();
  map.set(long, value);
  return map;
}
