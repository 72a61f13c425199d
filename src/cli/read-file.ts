/** Reads a template from text: what it says, and on which line each resource begins. */
import { CollectionTag, Document, isMap, isScalar, LineCounter, parseDocument, ScalarTag, YAMLMap, YAMLSeq } from 'yaml';
import { UsageError } from './usage';
import { entryOf } from '../reading/templates/template';

/** A template in a file. */
export interface TemplateFile {
  readonly file: string;
  readonly body: any;
  /** The line on which a resource begins, from 1. */
  lineOf(logicalId: string): number | undefined;
}

/** CloudFormation's short forms whose long form isn't `Fn::<name>`. */
const OTHER_TAGS = ['Ref', 'Condition'];
const FUNCTIONS = [
  'And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'ForEach', 'GetAtt', 'GetAZs', 'GetStackOutput', 'If', 'ImportValue', 'Join', 'Length', 'Not', 'Or', 'Select', 'Split', 'Sub',
  'ToJsonString', 'Transform',
];

/** Reads YAML or JSON. A text that isn't a template is a mistake of the caller. */
export function readTemplate(file: string, text: string): TemplateFile {
  const isJson = text.trimStart().startsWith('{');
  const counter = new LineCounter();
  let parsed: Document | undefined;
  // A large template in JSON is read by the engine; where its resources stand is looked up only if there is something to say about one.
  const document = () => (parsed ??= parseDocument(text, { customTags: TAGS, lineCounter: counter, logLevel: 'silent', merge: true }));
  const body = isJson ? parseJson(file, text) : parseYaml(file, document());
  if (typeof entryOf(body, 'Resources') !== 'object' || entryOf(body, 'Resources') === null) {
    throw new UsageError(`${file} is not a CloudFormation or SAM template: it has no Resources.`);
  }
  return {
    file,
    body,
    lineOf: (logicalId) => {
      const resources = document().get('Resources');
      const pair = isMap(resources) ? resources.items.find(({ key }) => isScalar(key) && String(key.value) === logicalId) : undefined;
      const start = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
      return start === undefined ? undefined : counter.linePos(start).line;
    },
  };
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is not valid JSON: ${(error as Error).message}.`);
  }
}

function parseYaml(file: string, document: Document): unknown {
  const [error] = document.errors;
  if (error) throw new UsageError(`${file} is not valid YAML: ${error.message.split('\n')[0].replace(/:$/, '')}.`);
  try {
    return document.toJS({ maxAliasCount: 1000 });
  } catch (tooDeep) {
    throw new UsageError(`${file} can't be read: ${(tooDeep as Error).message}.`);
  }
}

const TAGS = [...OTHER_TAGS, ...FUNCTIONS].flatMap((name): (ScalarTag | CollectionTag)[] => {
  const long = OTHER_TAGS.includes(name) ? name : `Fn::${name}`;
  const inLongForm = (value: unknown) => ({ [long]: value });
  return [
    // `!GetAtt Orders.Arn` may also be a list.
    { tag: `!${name}`, resolve: (text: string) => inLongForm(text) },
    { tag: `!${name}`, collection: 'seq', resolve: (list) => collected(long, list as YAMLSeq) },
    { tag: `!${name}`, collection: 'map', resolve: (map) => collected(long, map as YAMLMap) },
  ];
});

/** A map with the one entry that the long form has. */
function collected(long: string, value: YAMLSeq | YAMLMap): YAMLMap {
  const map = new YAMLMap();
  map.set(long, value);
  return map;
}
