import { readFileSync } from 'node:fs';
import { WAYS_OUT } from './fleets';

const PAGE = 'docs/security-and-trust-boundaries.md';

/** Returns the rows of the table "What scanners report" for a scanner's packs, as `pack, rule, egress`. */
export function documented(packs: readonly string[]): string[] {
  const [, section] = readFileSync(PAGE, 'utf-8').split('## What scanners report\n');
  const rows = section.split(/\n##+ /)[0].split('\n').filter((line) => line.startsWith('| `'));
  const said = rows.flatMap((row) => {
    const [, rules, reporters, ways] = row.split('|').map((cell) => cell.trim());
    const names = ways === 'all' ? Object.keys(WAYS_OUT) : bare(ways);
    return reporters.split(', ').flatMap((pack) => bare(rules).flatMap((rule) => names.map((way) => `${pack}, ${rule}, ${way}`)));
  });
  return said.filter((line) => packs.includes(line.split(', ')[0])).sort();
}

function bare(cell: string): string[] {
  return cell.replace(/`/g, '').split(', ');
}
