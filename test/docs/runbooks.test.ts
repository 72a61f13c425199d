import { readFileSync } from 'node:fs';
import { ALARMS, FLEET_COMPOSITES, FUNCTION_COMPOSITES } from '../../src/monitoring/alarms/alarm-table';

const PAGE = readFileSync('docs/monitoring-and-runbooks.md', 'utf-8');

/** The ids of all alarms that there are. */
const ids = [...ALARMS, ...FLEET_COMPOSITES, ...FUNCTION_COMPOSITES].map(({ id }) => id);

test('each alarm has a row and a runbook', () => {
  const [rows, headings] = [/^\| `.*$/gm, /^### .*$/gm].map((pattern) => (PAGE.match(pattern) ?? []).join('\n'));

  expect(ids.length).toBeGreaterThan(20);
  expect(ids.filter((id) => !rows.includes(`\`${id}\``))).toEqual([]);
  expect(ids.filter((id) => !headings.includes(`\`${id}\``))).toEqual([]);
});

test('no runbook is about an alarm that is gone', () => {
  const named = [...PAGE.matchAll(/^### .*$/gm)].flatMap(([heading]) => [...heading.matchAll(/`(\w+)`/g)].map(([, id]) => id));

  expect(named.filter((id) => !ids.includes(id))).toEqual([]);
});
