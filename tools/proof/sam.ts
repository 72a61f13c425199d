/** Compares the command's reading of SAM templates with the output of the SAM translator: both must have the same findings. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { PythonEnvironment } from './python';
import { check } from '../../src/cli/check-command';
import { readInputs } from '../../src/cli/inputs';
import { readTemplate } from '../../src/cli/read-file';

const TEMPLATES = 'tools/proof/sam';
const DEPLOYMENT = { region: 'eu-west-1', parameters: {} };

/** Returns each finding that only one of the two has, for all templates of `tools/proof/sam`. */
export function samDifferences(environment: PythonEnvironment): string[] {
  const work = mkdtempSync(join(tmpdir(), 'sam-'));
  try {
    const files = readdirSync(TEMPLATES).map((name) => {
      const [source, file] = [join(TEMPLATES, name), join(work, name.replace('.yaml', '.json'))];
      const { body } = readTemplate(source, readFileSync(source, 'utf-8'));
      writeFileSync(file, JSON.stringify(body));
      return { file, resources: Object.keys(body.Resources) };
    });
    if (!environment.runs(['tools/proof/translate_sam.py', ...files.map(({ file }) => file)])) return ['The translator refuses a template.'];
    return files.flatMap(({ file, resources }) => {
      const [ours, theirs] = [findingsOf(file, resources), findingsOf(`${file}.translated`, resources)];
      console.log(`${basename(file)}: ${ours.length} findings`);
      if (ours.length === 0) return [`${basename(file)} has no findings: it compares nothing.`];
      return [...missing(ours, theirs).map((finding) => `${basename(file)}: only we find ${finding}`), ...missing(theirs, ours).map((finding) => `${basename(file)}: we don't find ${finding}`)];
    });
  } finally {
    rmSync(work, { recursive: true });
  }
}

/**
 * Returns the findings of a template. A finding about a resource that SAM creates is assigned to the template's resource with whose id the new id
 * begins.
 */
function findingsOf(file: string, resources: string[]): string[] {
  const longestFirst = [...resources].sort((a, b) => b.length - a.length);
  // Authors of SAM templates get SAM's words. In CloudFormation's words, both sentences are the same.
  const inputs = readInputs([file], DEPLOYMENT).map((input) => ({ ...input, typeOf: () => '' }));
  return check(inputs).findings
    // SAM adds a hash of the code to the ids of versions.
    .map(({ level, rule, resource, message }) => (
      `${level} ${rule} of ${longestFirst.find((id) => resource.startsWith(id)) ?? resource}: ${message.replace(/Version[0-9a-f]{10}\b/g, 'Version')}`
    ))
    .sort();
}

/** Returns the entries that a list has more often than another. */
function missing(list: string[], other: string[]): string[] {
  const rest = [...other];
  return list.filter((entry) => {
    const at = rest.indexOf(entry);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}
