/** Reads the cloud assembly of a CDK app: the templates of all stages, their Regions and accounts, and the acknowledged findings. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readTemplate, TemplateFile } from './read-file';
import { readJson, readText } from './read-text';
import { UsageError } from './usage';
import { constructPathOf, entriesOf, entryOf, shortPath, Template } from '../reading/templates/template';

/** A synthesised stack of an app, or a nested stack. */
export interface SynthesisedTemplate extends TemplateFile {
  readonly template: Template;
  /** Whether a finding was acknowledged on the construct of a resource, or above it. */
  isAcknowledged(logicalId: string, findingId: string): boolean;
  /** Returns the construct path of a resource, without a leading slash and a trailing `/Resource`: `Shop/Orders`. */
  pathOf(logicalId: string): string;
  /** Returns the file or folder of the asset whose hash is in a text. */
  assetIn(text: string): string | undefined;
}

const STACK = 'aws:cloudformation:stack';
const ASSEMBLY = 'cdk:cloud-assembly';
const LOGICAL_ID = 'aws:cdk:logicalId';
const ACKNOWLEDGED = 'aws:cdk:acknowledged-rules';
const NESTED_TEMPLATE = 'aws:asset:path';

/** Reads all templates in a folder that `cdk synth` wrote. */
export function readAssembly(directory: string): SynthesisedTemplate[] {
  const manifestFile = join(directory, 'manifest.json');
  if (!existsSync(manifestFile)) {
    throw new UsageError(`${directory} is not a cloud assembly: it has no manifest.json. Name a template, or the folder that cdk synth writes (cdk.out).`);
  }
  const artifacts = entryOf(readJson(manifestFile), 'artifacts');
  if (typeof artifacts !== 'object' || artifacts === null) {
    throw new UsageError(`${directory} is not a cloud assembly: its manifest.json has no artifacts. Name the folder that cdk synth writes (cdk.out).`);
  }
  return entriesOf(artifacts).flatMap(([id, artifact]) => {
    const properties = entryOf(artifact, 'properties') ?? {};
    if (artifact?.type === ASSEMBLY) return readAssembly(join(directory, String(properties.directoryName)));
    if (artifact?.type !== STACK) return [];
    const [, , account, region] = /^(aws):\/\/([^/]+)\/(.+)$/.exec(String(artifact.environment)) ?? [];
    const file = join(directory, String(properties.templateFile));
    const metadata = metadataOf(directory, artifact);
    const paths = pathsByLogicalId(metadata);
    return withNested({
      ...readTemplate(file, readText(file)),
      template: {
        file,
        body: undefined,
        stackName: properties.stackName ?? id,
        account: known(account),
        region: known(region),
        parameters: properties.parameters,
      },
      isAcknowledged: acknowledgements(metadata, paths),
      pathOf: (logicalId) => shortPath((paths.get(logicalId) ?? [])[0] ?? logicalId),
    }, directory, assetsOf(directory, entryOf(artifacts, `${id}.assets`)));
  });
}

type Stack = Omit<SynthesisedTemplate, 'template' | 'assetIn'> & { readonly template: Template };

/** Returns a stack and the nested stacks that its template names by file. */
function withNested(stack: Stack, directory: string, assets: Map<string, string>): SynthesisedTemplate[] {
  const template: Template = { ...stack.template, body: stack.body };
  const children = entriesOf(stack.body.Resources).flatMap(([logicalId, resource]) => {
    if (resource?.Type !== 'AWS::CloudFormation::Stack') return [];
    const path = entryOf(resource.Metadata, NESTED_TEMPLATE) ?? assets.get(hashIn(resource.Properties?.TemplateURL));
    if (typeof path !== 'string') return [];
    const file = join(directory, path);
    if (!existsSync(file)) return [];
    const nested: Template = { ...template, file, body: undefined, stackName: undefined, parameters: undefined, nestedIn: { template, logicalId } };
    return withNested({ ...stack, ...readTemplate(file, readText(file)), template: nested }, directory, assets);
  });
  const assetIn = (text: string) => {
    const asset = assets.get(hashIn(text));
    return asset === undefined ? undefined : resolve(directory, asset);
  };
  const pathOf = (logicalId: string) => constructPathOf(entryOf(stack.body.Resources, logicalId)) ?? stack.pathOf(logicalId);
  return [{ ...stack, template, assetIn, pathOf }, ...children];
}

/**
 * Returns the files and folders of a stack's assets by hash. If an app isn't run by the CDK CLI, the hashes are the only trace of its nested
 * templates.
 */
function assetsOf(directory: string, artifact: any): Map<string, string> {
  const file = artifact?.properties?.file;
  const files = typeof file === 'string' ? readJson(join(directory, file)).files : {};
  return new Map(entriesOf(files).flatMap(([hash, { source }]) => (typeof source?.path === 'string' ? [[hash, source.path] as const] : [])));
}

function hashIn(url: unknown): string {
  return /[0-9a-f]{64}/.exec(JSON.stringify(url) ?? '')?.[0] ?? '';
}

type Metadata = Record<string, { readonly type: string; readonly data?: unknown }[]>;

/** Reads the metadata that CDK writes about constructs, by path. */
function metadataOf(directory: string, artifact: any): Metadata {
  const file = artifact.additionalMetadataFile;
  return { ...artifact.metadata, ...typeof file === 'string' ? readJson(join(directory, file)) : {} };
}

/** Returns construct paths by logical id. CDK stores logical ids by construct path, and a nested stack may contain the same ids. */
function pathsByLogicalId(metadata: Metadata): Map<string, string[]> {
  const paths = new Map<string, string[]>();
  for (const [path, entries] of entriesOf(metadata)) {
    for (const { type, data } of entries as Metadata[string]) {
      if (type === LOGICAL_ID) paths.set(String(data), [...paths.get(String(data)) ?? [], path]);
    }
  }
  return paths;
}

/** Returns the acknowledgements, which CDK stores by construct path. */
function acknowledgements(metadata: Metadata, paths: Map<string, string[]>): SynthesisedTemplate['isAcknowledged'] {
  const acknowledged = new Map<string, object>();
  for (const [path, entries] of entriesOf(metadata)) {
    for (const { type, data } of entries as Metadata[string]) {
      if (type === ACKNOWLEDGED) acknowledged.set(path, { ...acknowledged.get(path), ...data as object });
    }
  }
  const isOn = (scope: string, findingId: string) => entryOf(acknowledged.get(scope), findingId) !== undefined;
  return (logicalId, findingId) => (paths.get(logicalId) ?? []).some((path) => scopesOf(path).some((scope) => isOn(scope, findingId)));
}

/** Returns the paths of a construct and of all constructs above it: `/Shop/Orders/Resource`, `/Shop/Orders`, `/Shop` and the app itself. */
function scopesOf(path: string): string[] {
  const names = path.split('/').filter((name) => name !== '');
  return [...names.map((_, index) => `/${names.slice(0, names.length - index).join('/')}`), '/', ''];
}

function known(place?: string): string | undefined {
  return place?.startsWith('unknown-') ? undefined : place;
}
