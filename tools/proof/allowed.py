"""What cfn-lint and the API models may say of our templates, each with the reason. An entry that matches nothing any more fails the run."""
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What is wrong in one template, and who made that."""

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
    # Only in templates that a test makes to look at one thing, never in those that people copy or deploy.
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
    """The findings that nothing allows, and the entries that allow nothing."""
    found = list(dict.fromkeys(findings))
    refused = [finding for finding in found if not any(entry.matches(finding) for entry in allowed)]
    unused = [entry for entry in allowed if not any(entry.matches(finding) for finding in found)]
    return refused, unused
