/** Writes the page as one HTML file that needs no network and runs no script. */
import { findingsSection } from './findings-section';
import { fleetSection } from './fleet-section';
import { Html, html, raw } from './html';
import { PageContent } from './page-content';
import { STYLE } from './style';
import { Level } from '../rules/rule';

/** The content security policy. Whatever a template contains, the page loads nothing and runs nothing. */
const POLICY = 'default-src \'none\'; style-src \'unsafe-inline\'; img-src data:';

/** Returns the text of the file. */
export function reportPage(content: PageContent): string {
  const { sources, version, findings, notChecked, fleets } = content;
  const title = `Managed instances: ${sources.join(', ')}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the findings</a>
<header>
<h1>Lambda Managed Instances</h1>
<p class="place">${sources.join(', ')}</p>
${summary(content)}
<nav aria-label="On this page"><ul><li><a href="#findings">Findings</a></li>${fleets.map(({ name }, i) => html`<li><a href="#${idOf(i)}">${name}</a></li>`)}</ul></nav>
</header>
<main id="main">
${findingsSection(findings, notChecked)}
${fleets.map((fleet, i) => fleetSection(fleet, idOf(i)))}
${fleets.length === 0 && html`<p class="note">There is no capacity provider, so there is no fleet to draw.</p>`}
</main>
<footer>cdk-lambda-managed-instances ${version}. Estimates aren't offers: prices change, and your contract may have other prices.</footer>
</body>
</html>
`.text;
}

function summary({ findings, fleets, functions }: PageContent): Html {
  const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
  const badge = (level: Level) => {
    const { length } = findings.filter((finding) => finding.level === level);
    return html`<li><span class="badge ${length > 0 && level}">${length}</span> ${length === 1 ? level : `${level}s`}</li>`;
  };
  return html`<ul class="summary">${badge(Level.ERROR)}${badge(Level.WARNING)}<li>${counted(fleets.length, 'fleet')}, ${counted(functions, 'function')} on managed instances</li></ul>`;
}

function idOf(index: number): string {
  return `fleet-${index + 1}`;
}
