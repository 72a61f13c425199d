import { readFileSync, writeFileSync } from 'node:fs';
import { FLOOR, NEWEST } from './as-a-user/peers';
import { replaceSection } from './generated-section';

/** Writes the versions that the tests run with into a page: `ts-node tools/generate-versions.ts docs/versioning.md`. */
const [, , page] = process.argv;
const { engines } = JSON.parse(readFileSync('package.json', 'utf-8'));
const table = [
  '| | floor | also tested with |',
  '| --- | --- | --- |',
  `| aws-cdk-lib | ${FLOOR['aws-cdk-lib']} | ${NEWEST['aws-cdk-lib']} |`,
  `| constructs | ${FLOOR.constructs} | ${NEWEST.constructs} |`,
  `| Node.js | ${/[\d.]+/.exec(engines.node)![0]} | |`,
].join('\n');
writeFileSync(page, replaceSection(readFileSync(page, 'utf-8'), 'versions', `\n${table}\n`));
