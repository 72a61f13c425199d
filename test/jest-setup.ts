// CDK's template validator takes seconds for each app. Only the tests that need it switch it on.
process.env.CDK_VALIDATION ??= 'false';
// The folder into which `npx projen runtime-clients` installs the clients for the examples' own tests.
process.env.RUNTIME_CLIENT ??= '.cache/runtime-clients/node';

// aws-cdk-lib is loaded here only if the templates are kept, because few test files need all of it.
if (process.env.KEEP_TEMPLATES) jest.requireActual<typeof import('./keep-templates')>('./keep-templates').keepTemplates(process.env.KEEP_TEMPLATES);
