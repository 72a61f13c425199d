/** The page as text: what stands around the sections of fleets. `report-page.test.ts` looks at it in a browser. */
import { reportPage } from '../../src/report/page';
import { PageContent, PlacedFinding } from '../../src/report/page-content';
import { Level } from '../../src/rules/rule';

const finding = (level: Level, more: Partial<PlacedFinding> = {}): PlacedFinding => ({
  rule: 'cdk-lambda-managed-instances::SomeRule', level, resource: 'Orders', file: 'a.yaml', message: 'x is 1, but must be 2', fix: 'write 2', source: 'https://aws.example/page', ...more,
});

/** The main parts of the page, without its style. */
function bodyWith(content: Partial<PageContent>): string {
  const page = reportPage({ sources: ['a.yaml', 'cdk.out'], version: '1.2.3', findings: [], notChecked: [], functions: 0, fleets: [], ...content });
  return /<body>.*<\/body>/s.exec(page)![0];
}

test('lists findings by level, with their places, and what wasn\'t checked', () => {
  expect(bodyWith({
    functions: 2,
    findings: [
      finding(Level.INFO), finding(Level.WARNING, { line: 3, construct: 'Shop/Orders' }), finding(Level.ERROR, { message: '<b> & "x"' }), finding(Level.WARNING),
    ],
    notChecked: [{ logicalId: 'App', type: 'AWS::Serverless::Application', reason: 'it is elsewhere', file: 'a.yaml', line: 9 }],
  })).toMatchSnapshot();
});

test.each<[number, number, number, string]>([
  [0, 0, 0, '<ul class="summary"><li><span class="badge ">0</span> errors</li><li><span class="badge ">0</span> warnings</li><li>0 fleets, 0 functions on managed instances</li></ul>'],
  [1, 2, 1, '<ul class="summary"><li><span class="badge error">1</span> error</li><li><span class="badge warning">2</span> warnings</li><li>0 fleets, 1 function on managed instances</li></ul>'],
  [2, 1, 2, '<ul class="summary"><li><span class="badge error">2</span> errors</li><li><span class="badge warning">1</span> warning</li><li>0 fleets, 2 functions on managed instances</li></ul>'],
])('counts %d errors, %d warnings and %d functions', (errors, warnings, functions, expected) => {
  const findings = [...Array(errors).fill(finding(Level.ERROR)), ...Array(warnings).fill(finding(Level.WARNING)), finding(Level.INFO)];

  expect(bodyWith({ findings, functions })).toContain(expected);
});

test('says that nothing was found, and that there is no fleet', () => {
  const body = bodyWith({});

  expect(body).toContain('<p class="note">Nothing was found.</p>');
  expect(body).toContain('<p class="note">There is no capacity provider, so there is no fleet to draw.</p>');
  expect(body).not.toContain('<details');
});
