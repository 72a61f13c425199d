/** Reads the inputs of a command, which are files, standard input and cloud assemblies, with the known facts about their deployment. */
import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { readAssembly } from './read-assembly';
import { readTemplate, TemplateFile } from './read-file';
import { readText, STANDARD_INPUT } from './read-text';
import { UsageError } from './usage';
import { NotRead, readSam } from '../reading/sam/sam-template';
import { constructPathOf, entriesOf, entryOf, Template } from '../reading/templates/template';

/** The deployment options that apply to all templates. */
export interface Deployment {
  readonly region?: string;
  readonly account?: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /**
   * The parameters that the caller named one by one, so that at least one template must have them. Parameters from a file need not exist, because a
   * file may be shared with other templates.
   */
  readonly named?: readonly string[];
}

/** A template, ready to be judged. */
export interface Input {
  readonly template: Template;
  /** The file, in the words of the caller. */
  readonly file: string;
  /** The resources that only a transform can expand, which can't run here. */
  readonly notRead: NotRead[];
  /** Returns the logical id in the file for a resource that SAM creates. */
  originOf(logicalId: string): string;
  /** Returns the path of the construct that made a resource, if the template names it: `Shop/Orders`. */
  constructOf(logicalId: string): string | undefined;
  /** Returns the type of a resource in the file. */
  typeOf(logicalId: string): string;
  lineOf(logicalId: string): number | undefined;
  isAcknowledged(logicalId: string, findingId: string): boolean;
}

const SAM_TRANSFORM = 'AWS::Serverless-2016-10-31';
const STACK = 'AWS::CloudFormation::Stack';
const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';

/** Reads all paths that the command was given, without duplicates. */
export function readInputs(paths: string[], deployment: Deployment): Input[] {
  if (paths.length === 0 || paths.includes('')) {
    throw new UsageError('A path is missing. Name a template, a folder that cdk synth writes (cdk.out), or - for standard input.');
  }
  const distinct = [...new Map(paths.map((path) => [path === STANDARD_INPUT ? path : resolve(path), path])).values()];
  const inputs = distinct.flatMap((path) => (isFolder(path) ? assemblyInputs(path, deployment) : fileInputs(path, deployment)));
  refuseUnknownParameters(deployment.named ?? [], inputs);
  return inputs.map((input) => ({ ...input, notRead: [...input.notRead, ...nestedElsewhere(input, inputs)] }));
}

function refuseUnknownParameters(names: readonly string[], inputs: Input[]): void {
  const known = [...new Set(inputs.flatMap(({ template }) => entriesOf(template.body.Parameters).map(([name]) => name)))];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new UsageError(`--parameter ${unknown}: no template has this parameter; there ${known.length === 1 ? 'is' : 'are'} ${known.join(', ') || 'none'}.`);
}

/** Returns the nested stacks of a template whose templates aren't among the inputs. */
function nestedElsewhere({ template, typeOf }: Input, inputs: Input[]): NotRead[] {
  const here = new Set(inputs.filter((input) => input.template.nestedIn?.template === template).map((input) => input.template.nestedIn!.logicalId));
  return entriesOf(template.body.Resources).filter(([logicalId, resource]) => resource?.Type === STACK && !here.has(logicalId))
    .map(([logicalId]) => ({ logicalId, type: typeOf(logicalId), reason: 'its template isn\'t here' }));
}

/**
 * Reads a file and the local files that its nested stacks name, as before `aws cloudformation package`. A template that a parent already names isn't
 * read again, because CloudFormation refuses such a circle.
 */
function fileInputs(path: string, deployment: Deployment, nestedIn?: Template['nestedIn'], around: readonly string[] = []): Input[] {
  const file = path === STANDARD_INPUT ? 'standard input' : path;
  const read = readTemplate(file, readText(path, file));
  const { region, account, parameters } = deployment;
  const template: Template = { region, account, parameters, file, body: read.body, nestedIn };
  const input = withoutTransforms(read, template);
  const inCircle = [...around, join(path)];
  const children = path === STANDARD_INPUT ? [] : entriesOf(input.template.body.Resources).flatMap(([logicalId, resource]) => {
    const url = entryOf(resource?.Properties, 'TemplateURL');
    const child = typeof url === 'string' ? join(dirname(path), url) : undefined;
    if (resource?.Type !== STACK || child === undefined || inCircle.includes(child) || !existsSync(child)) return [];
    return fileInputs(child, { ...deployment, parameters: {} }, { template: input.template, logicalId }, inCircle);
  });
  return [input, ...children];
}

function assemblyInputs(directory: string, { region, account, parameters }: Deployment): Input[] {
  return readAssembly(directory).map(({ template, isAcknowledged, ...read }) => ({
    ...withoutTransforms(read, {
      ...template, region: template.region ?? region, account: template.account ?? account, parameters: { ...template.parameters, ...parameters },
    }),
    file: relative('', read.file) || read.file,
    isAcknowledged,
  }));
}

function withoutTransforms(read: TemplateFile, template: Template): Input {
  const { body, notRead, origins } = readSam(read.body);
  const originOf = (logicalId: string) => origins.get(logicalId) ?? logicalId;
  return {
    template: { ...template, body },
    file: read.file,
    notRead: [...notRead, ...notReadable(body)],
    originOf,
    constructOf: (logicalId) => constructPathOf(entryOf(read.body.Resources, originOf(logicalId))),
    typeOf: (logicalId) => entryOf(read.body.Resources, originOf(logicalId))?.Type,
    lineOf: (logicalId) => read.lineOf(originOf(logicalId)),
    isAcknowledged: () => false,
  };
}

/** Returns the resources that come from a macro, a loop or an included file. */
function notReadable(body: any): NotRead[] {
  const transforms = [entryOf(body, 'Transform') ?? []].flat();
  const macros = transforms.filter((name) => name !== SAM_TRANSFORM && name !== LANGUAGE_EXTENSIONS);
  return [
    ...macros.map((macro) => ({ logicalId: 'Transform', type: typeof macro === 'string' ? macro : 'AWS::Include', reason: 'it is a macro that runs at deployment' })),
    ...entriesOf(body.Resources).flatMap(([logicalId]): NotRead[] => {
      if (logicalId.startsWith('Fn::')) return [{ logicalId, type: logicalId.split('::').slice(0, 2).join('::'), reason: 'its resources exist only after a transform' }];
      return [];
    }),
  ];
}

function isFolder(path: string): boolean {
  return path !== STANDARD_INPUT && existsSync(path) && statSync(path).isDirectory();
}
