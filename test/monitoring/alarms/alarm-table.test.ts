import { readFileSync } from 'node:fs';
import { ALARMS, FLEET_COMPOSITES, FUNCTION_COMPOSITES } from '../../../src/monitoring/alarms/alarm-table';

/** What the option struct says of each threshold: jsii wants it written out. */
const OPTIONS = [...readFileSync('src/monitoring/alarms/thresholds.ts', 'utf-8').matchAll(/@default (.*)\n\s+\*\/\n\s+readonly (\w+)\?: AlarmThreshold;/g)]
  .map(([, otherwise, name]) => ({ name, otherwise }));

test('the option struct has the thresholds of the table', () => {
  expect(OPTIONS.length).toBeGreaterThan(15);
  expect(OPTIONS.map(({ name }) => name).sort()).toEqual([...new Set(ALARMS.map(({ threshold }) => threshold))].sort());
});

test.each(OPTIONS)('$name says its default as it is', ({ name, otherwise }) => {
  ALARMS.filter(({ threshold }) => threshold === name).forEach((row) => {
    const fixed = row.default === undefined ? 'AlarmThreshold.off()' : `AlarmThreshold.${row.bad}(${row.default})`;
    expect(otherwise).toEqual(row.defaultOfFleet ? expect.stringMatching(/^- /) : fixed);
  });
});

test('rows of one threshold are measured alike', () => {
  ALARMS.forEach((row) => {
    const [first] = ALARMS.filter(({ threshold }) => threshold === row.threshold);
    const kind = ({ bad, unit, most, isWidth, shareOf, default: otherwise }: typeof row) => ({ bad, unit, most, isWidth, shareOf, otherwise });
    expect(kind(row)).toEqual(kind(first));
  });
});

test('each alarm has an id, and words that tell it from its siblings', () => {
  const all = [...ALARMS, ...FLEET_COMPOSITES, ...FUNCTION_COMPOSITES];

  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(new Set(all.map(({ meaning }) => meaning)).size).toBe(all.length);
  expect(new Set(all.map(({ meaning, remedy }) => `${meaning} ${remedy}`)).size).toBe(all.length);
});

test('each alarm watches a fleet, a function or an event source, and what is drawn has a line', () => {
  expect(ALARMS.filter(({ ofFleet, ofFunction, ofSource }) => !ofFleet && !ofFunction && !ofSource)).toEqual([]);
  expect(ALARMS.filter(({ panel }) => !panel).map(({ id }) => id)).toEqual(['NoData']);
});

test('the page about monitoring lists each alarm at its level', () => {
  const rows = readFileSync('docs/monitoring-and-runbooks.md', 'utf-8').split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  const listed = rows.filter(({ length }) => length === 7).flatMap(([, alarms, , , priority, level]) => (
    [...alarms.matchAll(/`(\w+)`/g)].map(([, id], i) => [id, { level, severity: priority.split(';')[0].split(', ')[i] ?? priority }] as const)
  ));
  const levelOf = ({ default: fixed, defaultOfFleet, level }: typeof ALARMS[number]) => (
    fixed === undefined && defaultOfFleet === undefined ? 'if you set it' : `\`${level.toUpperCase()}\``
  );

  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries([
    ...ALARMS.map((row) => [row.id, { level: levelOf(row), severity: row.severity }]),
    ...[...FLEET_COMPOSITES, ...FUNCTION_COMPOSITES].map(({ id, level, severity }) => [id, { level: `\`${level.toUpperCase()}\``, severity }]),
  ]));
});
