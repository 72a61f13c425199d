/** The section with the findings by level, each with its place, and the resources that weren't judged. */
import { Html, html } from './html';
import { PlacedFinding, PlacedGap } from './page-content';
import { Level } from '../rules/rule';

const TITLES: Record<Level, string> = { [Level.ERROR]: 'Errors', [Level.WARNING]: 'Warnings', [Level.INFO]: 'Good to know' };

/** Returns the section. Errors and warnings are unfolded, infos are folded. */
export function findingsSection(findings: readonly PlacedFinding[], notChecked: readonly PlacedGap[]): Html {
  const groups = Object.values(Level).map((level) => [level, findings.filter((finding) => finding.level === level)] as const);
  return html`<section id="findings" aria-labelledby="findings-title">
<h2 id="findings-title">Findings</h2>
${findings.length === 0 && html`<p class="note">Nothing was found.</p>`}
${groups.filter(([, some]) => some.length > 0).map(([level, some]) => html`<details class="findings ${level}"${level !== Level.INFO && html` open`}>
<summary><span class="badge ${level}">${some.length}</span> ${TITLES[level]}</summary>
<ul>${some.map(findingItem)}</ul>
</details>
`)}
${notChecked.length > 0 && html`<details class="findings gaps" open>
<summary><span class="badge">${notChecked.length}</span> Not checked</summary>
<ul>${notChecked.map(gap)}</ul>
</details>`}
</section>
`;
}

function findingItem({ rule, resource, construct = resource, file, line, message, fix, source }: PlacedFinding): Html {
  return html`<li><p class="what"><strong>${construct}</strong> <code>${rule.split('::').pop()}</code> <span class="place">${placeOf(file, line)}</span></p>
<p>${message}. <em>${sentence(fix)}</em> <a href="${source}" rel="noreferrer">Source</a></p></li>
`;
}

function gap({ logicalId, type, reason, file, line }: PlacedGap): Html {
  return html`<li><p class="what"><strong>${logicalId}</strong> <code>${type}</code> <span class="place">${placeOf(file, line)}</span></p><p>${sentence(reason)}</p></li>
`;
}

function placeOf(file: string, line?: number): string {
  return line === undefined ? file : `${file}:${line}`;
}

function sentence(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}
