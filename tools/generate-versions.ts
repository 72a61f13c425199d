import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import { FLOOR, NEWEST } from './as-a-user/peers';
import { replaceSection } from './generated-section';

/** Writes the versions with which the tests run into a page: `ts-node tools/generate-versions.ts docs/versioning.md`. */
const [, , page] = process.argv;
const { engines } = JSON.parse(readFileSync('package.json', 'utf-8'));
const node = /[\d.]+/.exec(engines.node)![0];
const { build, ...jobs } = parse(readFileSync('.github/workflows/build.yml', 'utf-8')).jobs;
/** The versions of Node.js in the workflow that runs the tests: those of the matrix, and the one of the build. */
const nodes = [
  ...jobs.node.strategy.matrix.node.map(String).filter((version: string) => version !== node),
  ...build.steps.flatMap((step: any) => step.with?.['node-version'] ?? []),
];
const table = [
  '| | floor | also tested with |',
  '| --- | --- | --- |',
  `| aws-cdk-lib | ${FLOOR['aws-cdk-lib']} | ${NEWEST['aws-cdk-lib']} |`,
  `| constructs | ${FLOOR.constructs} | ${NEWEST.constructs} |`,
  `| Node.js | ${node} | ${nodes.join(', ')} |`,
].join('\n');
writeFileSync(page, replaceSection(readFileSync(page, 'utf-8'), 'versions', `\n${table}\n`));
