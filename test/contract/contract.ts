import { CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

/** A resource as users have deployed it. */
export interface Entry {
  /** The ids of the constructs down to the resource, without the stack and without the L1. */
  readonly path: string;
  readonly logicalId: string;
  readonly type: string;
  /** Each rendered value, by its place: `Tags[0].Value`. Values are JSON, and a reference is the path of its resource. */
  readonly values: Record<string, string>;
}

/** The properties with words, pictures and formulas. They improve with each release, and changing them replaces no resource. */
const NOT_PROMISED = ['DashboardBody', 'AlarmDescription', 'Expression', 'Id', 'Label', 'ReturnData'];
const BREAKING = 'a breaking change';
const VISIBLE = 'not breaking, but it is in the next deployment and the snapshots of everyone';

/** Returns the names of a stack's resources and their values. */
export function contractOf(stack: Stack): Entry[] {
  const resources = Template.fromStack(stack).toJSON().Resources;
  const constructs = stack.node.findAll().filter((construct) => CfnResource.isCfnResource(construct));
  const paths = new Map(constructs.map((construct) => [stack.resolve(construct.logicalId), pathOf(construct, stack)]));
  return [...paths].map(([logicalId, path]) => {
    const { Type, Properties = {}, DeletionPolicy, UpdateReplacePolicy } = resources[logicalId];
    const kept = { ...DeletionPolicy && { DeletionPolicy }, ...UpdateReplacePolicy && { UpdateReplacePolicy } };
    return { path, logicalId, type: Type, values: leaves({ ...Properties, ...kept }, paths) };
  }).sort((a, b) => a.path < b.path ? -1 : 1);
}

function pathOf(construct: CfnResource, stack: Stack): string {
  return construct.node.path.slice(stack.node.path.length + 1).replace(/\/(Resource|Default)$/, '');
}

function leaves(value: any, paths: Map<string, string>, place: string = ''): Record<string, string> {
  const intrinsic = value !== null && typeof value === 'object' && Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));
  if (intrinsic || value === null || typeof value !== 'object') return { [place]: JSON.stringify(byPath(value, paths)) };
  return Object.assign({}, ...Object.entries(value).filter(([key]) => !NOT_PROMISED.includes(key)).map(([key, inner]) => (
    leaves(inner, paths, Array.isArray(value) ? `${place}[${key}]` : place ? `${place}.${key}` : key)
  )));
}

/** Returns a value with paths instead of references, so that a changed id is reported once, and not for each reference and each `Name` tag. */
function byPath(value: any, paths: Map<string, string>): any {
  if (typeof value === 'string') return value.replace(/^Stack\/(.*)$/, '<$1>');
  if (Array.isArray(value)) return value.map((inner) => byPath(inner, paths));
  if (value === null || typeof value !== 'object') return value;
  if (paths.has(value.Ref)) return `<${paths.get(value.Ref)}>`;
  if (paths.has(value['Fn::GetAtt']?.[0])) return `<${paths.get(value['Fn::GetAtt'][0])}>.${value['Fn::GetAtt'][1]}`;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, byPath(inner, paths)]));
}

/** Returns the table that is committed: a line for each resource and, if requested, a line below it for each value. */
export function writeTable(entries: Entry[], withValues: boolean): string {
  return entries.flatMap(({ path, logicalId, type, values }) => [
    `${path} | ${logicalId} | ${type}`,
    ...(withValues ? Object.entries(values).map(([place, value]) => `  ${place} = ${value}`) : []),
  ]).map((line) => `${line}\n`).join('');
}

export function readTable(table: string): Entry[] {
  const entries: Entry[] = [];
  for (const line of table.split('\n').filter((text) => text !== '')) {
    if (line.startsWith('  ')) {
      const [place, ...value] = line.trim().split(' = ');
      entries[entries.length - 1].values[place] = value.join(' = ');
    } else {
      const [path, logicalId, type] = line.split(' | ');
      entries.push({ path, logicalId, type, values: {} });
    }
  }
  return entries;
}

/** Returns the changes in words, with a line for each cause. */
export function differences(before: Entry[], now: Entry[]): string[] {
  const renames = renamesOf(before, now);
  const lines = renames.map(({ from, to, count }) => `construct id changed: ${from} is now ${to}${count > 1 ? `, with ${count} resources` : ''} (${BREAKING})`);
  const renamed = now.map((entry) => renames.reduce(undoRename, entry));

  const old = new Map(before.map((entry) => [entry.path, entry]));
  const current = new Map(renamed.map((entry) => [entry.path, entry]));
  const isRenamed = new Set(renamed.filter((entry, index) => entry.path !== now[index].path).map(({ path }) => path));
  for (const [path, was] of old) {
    const is = current.get(path);
    if (!is) {
      lines.push(`resource gone: ${path}, ${was.type} (${BREAKING})`);
    } else if (is.type !== was.type) {
      lines.push(`type changed: ${path} was ${was.type}, is now ${is.type} (${BREAKING})`);
    } else {
      if (is.logicalId !== was.logicalId && !isRenamed.has(path)) {
        lines.push(`logical id changed: ${path} was ${was.logicalId}, is now ${is.logicalId}, so CloudFormation replaces it (${BREAKING})`);
      }
      lines.push(...changedValues(was, is));
    }
  }
  current.forEach(({ type }, path) => old.has(path) || lines.push(`resource new: ${path}, ${type} (${VISIBLE})`));
  return lines;
}

function changedValues({ path, values: was }: Entry, { values: is }: Entry): string[] {
  if (Object.keys(was).length === 0) return []; // a table without values
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((place) => {
    if (was[place] === is[place]) return [];
    if (is[place] === undefined) return [`default gone: ${place} of ${path} was ${was[place]} (${BREAKING})`];
    if (was[place] === undefined) return [`default new: ${place} of ${path} is ${is[place]} (${VISIBLE})`];
    return [`default changed: ${place} of ${path} was ${was[place]}, is now ${is[place]} (${BREAKING})`];
  });
}

interface Rename {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

/** Finds resources that are gone with a new resource of the same type whose path differs in one place, because a construct has another id. */
function renamesOf(before: Entry[], now: Entry[]): Rename[] {
  const gone = before.filter(({ path }) => !now.some((entry) => entry.path === path));
  const added = now.filter(({ path }) => !before.some((entry) => entry.path === path));
  const counts = new Map<string, number>();
  for (const { path, type } of gone) {
    const index = added.findIndex((entry) => entry.type === type && differingSegment(path, entry.path) !== undefined);
    if (index < 0) continue;
    const [{ path: to }] = added.splice(index, 1);
    const end = differingSegment(path, to)! + 1;
    const key = [path, to].map((whole) => whole.split('/').slice(0, end).join('/')).join(' ');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => ({ from: key.split(' ')[0], to: key.split(' ')[1], count }));
}

/** Returns the place at which two paths differ, if there is only one. */
function differingSegment(a: string, b: string): number | undefined {
  const [left, right] = [a.split('/'), b.split('/')];
  const places = left.flatMap((segment, index) => segment === right[index] ? [] : [index]);
  return left.length === right.length && places.length === 1 ? places[0] : undefined;
}

function undoRename(entry: Entry, { from, to }: Rename): Entry {
  const undo = (path: string) => path === to || path.startsWith(`${to}/`) ? from + path.slice(to.length) : path;
  const inValue = (value: string) => value.replace(/<([^<>]+)>/g, (_whole, path) => `<${undo(path)}>`);
  const values = Object.fromEntries(Object.entries(entry.values).map(([place, value]) => [place, inValue(value)]));
  return { ...entry, path: undo(entry.path), values };
}
