import { posix } from 'node:path';

/** A link to our own repository is a link to a file of it. Pictures are raw: a page about a file is no picture. */
const OURS = 'cdk-lambda-managed-instances/cdk-lambda-managed-instances';
const REPOSITORY = new RegExp(`^https://(?:github\\.com/${OURS}/(?:blob|tree|raw)|raw\\.githubusercontent\\.com/${OURS})/(?:main|HEAD)/`);
const EXTERNAL = /^([a-z][a-z0-9+.-]*:|\/\/)/i;
const FENCED = /^( *)(```+|~~~+)[\s\S]*?^\1\2`*$/gm;
const INLINE_CODE = /(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g;
const LINKS = [/\]\(\s*<?([^)>\s]+)>?[^)]*\)/g, /^\[[^\]]+\]:\s*<?([^>\s]+)/gm, /\b(?:href|src)="([^"]+)"/g];
const ANCHORS = /\s(?:id|name)="([^"]+)"/g;

/**
 * The relative links of all pages that lead nowhere: to no file, or to no heading of the page.
 *
 * @param files the files of the repository; those that end in `.md` are pages
 * @param read the text of a page
 */
export function brokenLinks(files: readonly string[], read: (file: string) => string): string[] {
  const texts = new Map(files.filter((file) => file.endsWith('.md')).map((file) => [file, read(file).replace(FENCED, emptied)]));
  const anchors = new Map([...texts].map(([page, text]) => [page, anchorsOf(text)]));
  const exists = (path: string) => path === '.' || files.some((file) => file === path || file.startsWith(`${path}/`));
  return [...texts].flatMap(([page, text]) => linksOf(text).flatMap(({ link, line }) => {
    const [path, anchor] = split(link, page);
    const broken = !exists(path) || (anchor !== undefined && anchors.get(path)?.has(anchor) === false);
    return broken ? [`${page}:${line}: ${link}`] : [];
  }));
}

/**
 * The links of a page that mean a place in the repository relative to the page, and nothing where the page is shown without it:
 * PyPI and NuGet show the README so.
 */
export function relativeLinks(text: string): string[] {
  return hrefsOf(text.replace(FENCED, emptied)).map(({ link }) => link).filter((link) => !EXTERNAL.test(link) && !link.startsWith('#'));
}

/** As GitHub makes it of a heading. */
export function slugOf(heading: string): string {
  return heading
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\s-]/gu, '')
    .replace(/\s/g, '-');
}

/** The links to files of the repository. */
function linksOf(text: string): { link: string; line: number }[] {
  return hrefsOf(text)
    .map(({ link, line }) => ({ link: link.replace(REPOSITORY, '/'), line }))
    .filter(({ link }) => !EXTERNAL.test(link))
    .sort((a, b) => a.line - b.line);
}

/** All links, as they are written. */
function hrefsOf(text: string): { link: string; line: number }[] {
  const prose = text.replace(INLINE_CODE, emptied);
  return LINKS.flatMap((pattern) => [...prose.matchAll(pattern)])
    .map(({ 1: link, index }) => ({ link, line: text.slice(0, index).split('\n').length }));
}

/** The file that a link means, and the place in it. */
function split(link: string, page: string): [path: string, anchor?: string] {
  const [path, anchor] = decodeURIComponent(link).split('#');
  if (path === '') return [page, anchor];
  const resolved = path.startsWith('/') ? posix.normalize(path.slice(1) || '.') : posix.join(posix.dirname(page), path);
  return [resolved.replace(/\/$/, ''), anchor];
}

function anchorsOf(text: string): Set<string> {
  const anchors = new Set([...text.matchAll(ANCHORS)].map(([, anchor]) => anchor));
  const seen = new Map<string, number>();
  for (const [, heading] of text.matchAll(/^#{1,6}\s+(.*?)\s*#*$/gm)) {
    const slug = slugOf(heading);
    const count = seen.get(slug) ?? 0;
    anchors.add(count === 0 ? slug : `${slug}-${count}`);
    seen.set(slug, count + 1);
  }
  return anchors;
}

/** Nothing but its line breaks, so that each line keeps its number. */
function emptied(text: string): string {
  return text.replace(/[^\n]/g, '');
}
