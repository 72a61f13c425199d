// CDK's template validator takes seconds for each app. The tests that are about it switch it on.
process.env.CDK_VALIDATION ??= 'false';
// Where `npx projen runtime-clients` puts what the examples' own tests rehearse with.
process.env.RUNTIME_CLIENT ??= '.cache/runtime-clients/node';

// aws-cdk-lib is loaded here only if the templates are wanted: few test files need all of it.
if (process.env.KEEP_TEMPLATES) jest.requireActual<typeof import('./keep-templates')>('./keep-templates').keepTemplates(process.env.KEEP_TEMPLATES);
