"""Translates SAM templates in JSON as CloudFormation would: `python translate_sam.py <file>…` writes `<file>.translated` next to each."""
import json
import logging
import os
import sys

logging.disable(logging.WARNING)  # it would say that its metrics aren't published
os.environ.setdefault('AWS_DEFAULT_REGION', 'eu-west-1')

from samtranslator.translator.transform import transform  # noqa: E402 -- it reads the Region when it is imported


class NoManagedPolicies:
    """The translator reads the names of AWS's managed policies from an account. The templates have none."""

    def load(self):
        return {}


for path in sys.argv[1:]:
    with open(path, encoding='utf-8') as file:
        template = json.load(file)
    with open(f'{path}.translated', 'w', encoding='utf-8') as file:
        json.dump(transform(template, {}, NoManagedPolicies()), file)
