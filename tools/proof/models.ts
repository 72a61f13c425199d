import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The published facts about a property: its bounds, or its allowed values. */
export interface Published {
  readonly min?: number;
  readonly max?: number;
  readonly enum?: readonly string[];
}

/** AWS's published models: the API model in botocore, and CloudFormation's registry in cfn-lint. */
export interface Models {
  /** Returns the facts about a shape of an API, or about a member of it. */
  api(service: string, shape: string, member?: string): Published;
  /** Returns the facts about a property of a resource type, by its path. */
  registry(type: string, path: string): Published;
  /** Returns the Regions whose registry has a resource type, and all known Regions. */
  regions(type: string): { readonly all: readonly string[]; readonly withType: readonly string[] };
}

/** The models in the packages of a Python environment. */
export class PackagedModels implements Models {
  private readonly apis = new Map<string, any>();

  constructor(private readonly botocore: string, private readonly cfnLint: string) {}

  public api(service: string, shape: string, member?: string): Published {
    const { shapes } = this.model(service);
    const found = member ? shapes[shapes[shape]?.members?.[member]?.shape] : shapes[shape];
    if (!found) throw new Error(`the API model of ${service} has no ${[shape, member].join('.')}`);
    return found;
  }

  public registry(type: string, path: string): Published {
    const schema = this.schema('us-east-1', type);
    const found = path.split('.').reduce((node, name) => structureOf(node, schema)?.properties?.[name], schema);
    if (!found) throw new Error(`the schema of ${type} has no ${path}`);
    const { minimum, minLength, minItems, maximum, maxLength, maxItems, ...rest } = resolveReference(found, schema);
    return { min: minimum ?? minLength ?? minItems, max: maximum ?? maxLength ?? maxItems, enum: rest.enum };
  }

  public regions(type: string): { readonly all: readonly string[]; readonly withType: readonly string[] } {
    const all = readdirSync(join(this.cfnLint, 'data/schemas/providers'))
      .filter((file) => /^[a-z]+(-[a-z]+)+-\d\.json$/.test(file))
      .map((file) => file.slice(0, -'.json'.length));
    return { all, withType: all.filter((region) => type in this.types(region)) };
  }

  private model(service: string): any {
    const known = this.apis.get(service);
    if (known) return known;
    const folder = join(this.botocore, 'data', service);
    const newest = readdirSync(folder).sort().at(-1)!;
    const model = JSON.parse(gunzipSync(readFileSync(join(folder, newest, 'service-2.json.gz'))).toString('utf-8'));
    this.apis.set(service, model);
    return model;
  }

  private schema(region: string, type: string): any {
    return readJson(join(this.cfnLint, `data/schemas/resources/${this.types(region)[type]}.json`));
  }

  private types(region: string): Record<string, string> {
    return readJson(join(this.cfnLint, `data/schemas/providers/${region}.json`));
  }
}

/** Returns the structure of a node, or of the entries of a list. */
function structureOf(node: any, schema: any): any {
  const structure = resolveReference(node, schema);
  return structure?.items ? resolveReference(structure.items, schema) : structure;
}

function resolveReference(node: any, schema: any): any {
  return typeof node?.$ref === 'string' ? schema.definitions[node.$ref.split('/').at(-1)] : node;
}

function readJson(file: string): any {
  return JSON.parse(readFileSync(file, 'utf-8'));
}
