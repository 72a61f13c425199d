"""The findings of cfn-lint and the API models that are allowed in our templates, each with the reason. An entry that no longer matches anything fails the run."""
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """A finding in a template, with the test that created it."""

    rule: str
    message: str
    made_by: str

    def __str__(self):
        return f'{self.rule} {self.message}\n    made by: {self.made_by}'


@dataclass(frozen=True)
class Allowed:
    rule: str
    message: str
    reason: str
    # Whether it is allowed only in templates of tests, and not in those that users copy or deploy.
    only_in_tests: bool = False

    def matches(self, finding):
        return (
            re.fullmatch(self.rule, finding.rule) and re.search(self.message, finding.message)
            and not (self.only_in_tests and re.match(FOR_PEOPLE, finding.made_by))
        )


FOR_PEOPLE = r'examples/|test/(examples|docs|integ|default-fleet)'

ALLOWED = (
    Allowed('W3005', '', 'CDK adds dependencies that a reference implies already. That is harmless.'),
    Allowed('W3010', '', 'A stack with `env` names the zones that CDK looked up.'),
    Allowed('E3002', r"\('AcceleratorConfig' was unexpected\)", 'In the API since 2026-11-16, not yet in the schema of cfn-lint 1.58.0.'),
)


def judge(findings, allowed=ALLOWED):
    """Returns the findings that no entry allows, and the entries that allow nothing."""
    found = list(dict.fromkeys(findings))
    refused = [finding for finding in found if not any(entry.matches(finding) for entry in allowed)]
    unused = [entry for entry in allowed if not any(entry.matches(finding) for finding in found)]
    return refused, unused
