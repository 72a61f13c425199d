// CDK's template validator takes seconds for each app. The tests that are about it switch it on.
process.env.CDK_VALIDATION ??= 'false';
