import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text of each template in a cloud assembly, by file name. */
export type Templates = Readonly<Record<string, string>>;

const MOST_DIFFERENCES = 20;

export function readTemplates(assembly: string): Templates {
  const files = readdirSync(assembly).filter((file) => file.endsWith('.template.json')).sort();
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(assembly, file), 'utf-8')]));
}

/** Returns a template without the metadata of CDK's usage report, which names the language and the versions. */
export function withoutMetadata(template: string): string {
  const { Resources: { CDKMetadata, ...resources }, Conditions: { CDKMetadataAvailable, ...conditions } = {} as any, ...rest } = JSON.parse(template);
  return JSON.stringify({ ...rest, Resources: resources, ...Object.keys(conditions).length > 0 && { Conditions: conditions } }, undefined, 1);
}

/** Returns the differences between two sets of templates, byte for byte, in words. Empty if they are equal. */
export function differences(expected: Templates, found: Templates): string[] {
  return [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort().flatMap((file) => {
    if (expected[file] === undefined) return [`${file}: not expected`];
    if (found[file] === undefined) return [`${file}: missing`];
    return expected[file] === found[file] ? [] : differencesOf(expected[file], found[file]).map((difference) => `${file}: ${difference}`);
  });
}

function differencesOf(expected: string, found: string): string[] {
  const byValue = differingValues(JSON.parse(expected), JSON.parse(found), '');
  if (byValue.length === 0) return [`same values, other bytes from line ${firstDifferentLine(expected, found)}: the order or the white space differs`];
  const more = byValue.length - MOST_DIFFERENCES;
  return more > 0 ? [...byValue.slice(0, MOST_DIFFERENCES), `and ${more} more`] : byValue;
}

function differingValues(expected: any, found: any, path: string): string[] {
  if (isNode(expected) && isNode(found) && Array.isArray(expected) === Array.isArray(found)) {
    return [...new Set([...Object.keys(expected), ...Object.keys(found)])]
      .flatMap((key) => differingValues(expected[key], found[key], path ? `${path}.${key}` : key));
  }
  return expected === found ? [] : [`${path} is ${asText(found)} instead of ${asText(expected)}`];
}

function firstDifferentLine(expected: string, found: string): number {
  const lines = found.split('\n');
  return expected.split('\n').findIndex((line, index) => line !== lines[index]) + 1;
}

function isNode(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function asText(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
