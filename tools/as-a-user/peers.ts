import { readFileSync } from 'node:fs';

/** Exact versions of the peer dependencies. */
export interface Peers {
  readonly 'aws-cdk-lib': string;
  readonly 'constructs': string;
}

const { peerDependencies } = readJson('package.json');

/** The lowest versions that the package accepts. */
export const FLOOR: Peers = {
  'aws-cdk-lib': peerDependencies['aws-cdk-lib'].replace('^', ''),
  'constructs': peerDependencies.constructs.replace('^', ''),
};

/** The newest versions that it is tested with. */
export const NEWEST: Peers = readJson('compat/newest/package.json').dependencies;

/** Returns the tools of the examples in the versions of this repository, because a newer version that a range allows could break them at any time. */
export function toolVersions(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, readJson(`node_modules/${name}/package.json`).version]));
}

function readJson(file: string): any {
  return JSON.parse(readFileSync(file, 'utf-8'));
}
