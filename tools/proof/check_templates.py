"""Checks templates with cfn-lint and against AWS's API models: `python check_templates.py <folder>`.

The folder has a folder for each app: its templates, and in `made-by.txt` the tests that made it.
"""
import json
import os
import re
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from glob import glob

from allowed import FOR_PEOPLE, Finding, judge
from api_model import refusals
from api_requests import requests_of
from intrinsics import Intrinsics
from lint import REGIONS, lint

API = 'API'


def main(folder):
    right = (app for app in glob(os.path.join(folder, '*')) if not os.path.exists(os.path.join(app, 'wrong.txt')))
    apps = sorted(right, key=lambda app: (not re.match(FOR_PEOPLE, made_by(app)), app))
    templates = distinct(path for app in apps for path in sorted(glob(os.path.join(app, '*.template.json'))))
    if not templates:
        sys.exit(f'No template in {folder}')
    workers = min(os.cpu_count() or 1, len(templates))
    with ProcessPoolExecutor(workers) as pool:
        linted = [pool.submit(lint, templates[start::workers]) for start in range(workers)]
        found = [Finding(rule, message, made_by(os.path.dirname(path))) for part in linted for path, rule, message in part.result()]
    operations = Counter()
    for app in apps:
        found.extend(Finding(API, refusal, made_by(app)) for refusal in refusals_of(app, operations))
    report(found, len(templates), operations)


def refusals_of(app, operations=None):
    """Returns the parts of the requests for an app's resources that AWS's models refuse, in each Region."""
    templates = [read(path) for path in sorted(glob(os.path.join(app, '*.template.json')))]
    operations = Counter() if operations is None else operations
    for region in REGIONS:
        exports = {}
        for template in templates:
            exports.update(Intrinsics(template, region).exported())
        for template in templates:
            filled = Intrinsics(template, region, exports)
            for logical_id, resource in filled.resources.items():
                if resource['Type'].startswith('AWS::'):
                    yield from refusals_of_resource(filled, logical_id, resource['Type'], operations)


def refusals_of_resource(filled, logical_id, type_name, operations):
    try:
        requests = requests_of(type_name, filled.properties(logical_id), filled.physical_name(logical_id))
    except KeyError as missing:
        yield f'{type_name}: {missing} is required ({logical_id})'
        return
    if requests is None:
        operations[f'left to cfn-lint: {type_name}'] += 1
    for service, operation, request in requests or []:
        operations[operation] += 1
        yield from (f'{refusal} ({logical_id}, {filled.region})' for refusal in refusals(service, operation, request))


def report(found, templates, operations):
    refused, unused = judge(found)
    sent = sum(count for name, count in operations.items() if ':' not in name)
    print(f'{templates} templates through cfn-lint in {", ".join(REGIONS)}')
    print(f'{sent} API requests against botocore: {", ".join(f"{name} {count}" for name, count in operations.most_common() if ":" not in name)}')
    print(f'Seen by cfn-lint alone: {", ".join(sorted(name.split(": ")[1] for name in operations if ":" in name))}')
    for finding in refused:
        print(f'\n{finding}')
    for entry in unused:
        print(f'\nallowed.py allows what nothing finds any more: {entry.rule} {entry.message}. Remove the entry.')
    if refused or unused:
        sys.exit(f'\n{len(refused)} findings, {len(unused)} entries that allow nothing')


def distinct(paths):
    """Returns the first path of each text."""
    return list({open(path, encoding='utf-8').read(): path for path in reversed(list(paths))}.values())[::-1]


def read(path):
    with open(path, encoding='utf-8') as file:
        return json.load(file)


def made_by(app):
    with open(os.path.join(app, 'made-by.txt'), encoding='utf-8') as file:
        return file.readline().strip()


if __name__ == '__main__':
    main(sys.argv[1])
