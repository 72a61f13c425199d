"""Deliberate mistakes in a template of ours must be refused, each by the check that is responsible for it."""
import json
import os
import tempfile
import unittest
from glob import glob

from allowed import ALLOWED, Allowed, Finding, judge
from api_requests import requests_of
from check_templates import made_by, read, refusals_of
from lint import lint

PROVIDER = 'AWS::Lambda::CapacityProvider'
FUNCTION = 'AWS::Lambda::Function'


def quickstart():
    """Returns the templates of the app that the README shows."""
    for app in sorted(glob(os.path.join(os.environ['TEMPLATES'], '*'))):
        if made_by(app).startswith('test/examples/quickstart'):
            return read(glob(os.path.join(app, '*.template.json'))[0])
    raise LookupError('the quickstart made no template')


class Template:
    def __init__(self, template):
        self.template = template
        self.resources = template['Resources']

    def resource(self, type_name):
        return next(resource for resource in self.resources.values() if resource['Type'] == type_name)

    def properties(self, type_name):
        return self.resource(type_name)['Properties']

    def wait_for(self, logical_id):
        self.resource(PROVIDER).setdefault('DependsOn', []).append(logical_id)

    def logical_id(self, type_name):
        return next(logical_id for logical_id, resource in self.resources.items() if resource['Type'] == type_name)


def rename(template):
    properties = template.properties(PROVIDER)
    properties['VPCConfig'] = properties.pop('VpcConfig')


# The mistakes, and the rules that must report them. cfn-lint's pattern for names accepts any name with a valid end.
BREAKS = {
    'nothing': (lambda template: None, set()),
    'a property with another name': (rename, {'E3002', 'E3003', 'API'}),
    'a value above its bound': (
        lambda template: template.properties(PROVIDER).update(CapacityProviderScalingConfig={'MaxVCpuCount': 15001}), {'E3034', 'API'}),
    'a value below its bound': (lambda template: template.properties(FUNCTION).update(Timeout=0), {'E3034', 'API'}),
    'a circle of dependencies': (lambda template: template.wait_for(template.logical_id(FUNCTION)), {'E3004'}),
    'a dependency on nothing': (lambda template: template.wait_for('NotThere'), {'E3005'}),
    'a word that Lambda does not know': (
        lambda template: template.properties(FUNCTION)['LoggingConfig'].update(LogFormat='Json'), {'E3030', 'API'}),
    'a name with other characters': (lambda template: template.properties(PROVIDER).update(CapacityProviderName='a.b'), {'API'}),
    'a property that is missing': (lambda template: template.properties(FUNCTION).pop('Code'), {'E3003', 'API'}),
}


def rules_by_app(folder):
    """Returns the rules that report something in the templates of each app without being allowed to."""
    linted = lint(sorted(glob(os.path.join(folder, '*/*.template.json'))))
    rules = {}
    for name in os.listdir(folder):
        app = os.path.join(folder, name)
        found = [Finding(rule, message, 'examples/') for path, rule, message in linted if os.path.dirname(path) == app]
        found.extend(Finding('API', refusal, 'examples/') for refusal in refusals_of(app))
        rules[name] = {finding.rule for finding in judge(found)[0]}
    return rules


class Breaks(unittest.TestCase):
    def test_each_is_refused_by_the_checks_that_are_there_for_it(self):
        text = json.dumps(quickstart())
        with tempfile.TemporaryDirectory() as folder:
            for name, (breaks, _rules) in BREAKS.items():
                template = json.loads(text)
                breaks(Template(template))
                os.mkdir(os.path.join(folder, name))
                with open(os.path.join(folder, name, 'Broken.template.json'), 'w', encoding='utf-8') as file:
                    json.dump(template, file)
            found = rules_by_app(folder)
            for name, (_breaks, rules) in BREAKS.items():
                with self.subTest(name):
                    self.assertEqual(found[name], rules)

    def test_what_a_break_in_the_source_makes_is_refused(self):
        found = rules_by_app(os.environ['BROKEN'])
        self.assertGreaterEqual(len(found), 3)
        for name, rules in found.items():
            with self.subTest(name), open(os.path.join(os.environ['BROKEN'], name, 'refused-by.txt'), encoding='utf-8') as expected:
                self.assertEqual(sorted(rules), expected.read().split())

    def test_a_type_of_ours_that_no_row_turns_into_requests_is_an_error(self):
        with self.assertRaisesRegex(LookupError, 'LayerVersion'):
            requests_of('AWS::Lambda::LayerVersion', {}, 'name')


class Allowances(unittest.TestCase):
    finding = Finding('E3034', '20000 is greater', 'test/x.test.ts a test')

    def test_says_which_allow_nothing(self):
        self.assertEqual(judge([], [Allowed('E1', '', '')]), ([], [Allowed('E1', '', '')]))

    def test_are_for_one_rule_and_message(self):
        self.assertEqual(judge([self.finding], [Allowed('E3034', '^20000', '')]), ([], []))
        self.assertEqual(judge([self.finding], [Allowed('E3031', '', '')])[0], [self.finding])
        self.assertEqual(judge([self.finding], [Allowed('E3034', '^30000', '')])[0], [self.finding])

    def test_of_tests_are_not_for_examples(self):
        example = Finding('E3034', '20000 is greater', 'test/examples/x.test.ts')

        self.assertEqual(judge([self.finding, example], [Allowed('E3034', '', '', only_in_tests=True)])[0], [example])

    def test_all_give_a_reason(self):
        for entry in ALLOWED:
            self.assertGreater(len(entry.reason), 20)


if __name__ == '__main__':
    unittest.main()
