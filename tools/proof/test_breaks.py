"""What is broken on purpose in a template of ours must be refused, each break by the check that is there for it."""
import json
import os
import tempfile
import unittest
from glob import glob

from allowed import ALLOWED, Allowed, Finding, judge
from check_templates import made_by, read, refusals_of
from lint import lint

PROVIDER = 'AWS::Lambda::CapacityProvider'
FUNCTION = 'AWS::Lambda::Function'


def quickstart():
    """The templates of the app that the README shows."""
    for app in sorted(glob(os.path.join(os.environ['TEMPLATES'], '*'))):
        if made_by(app).startswith('test/examples/quickstart'):
            return read(glob(os.path.join(app, '*.template.json'))[0])
    raise LookupError('the quickstart made no template')


class Breaks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.text = json.dumps(quickstart())

    def setUp(self):
        self.template = json.loads(self.text)

    def resource(self, type_name):
        return next(resource for resource in self.template['Resources'].values() if resource['Type'] == type_name)

    def logical_id(self, type_name):
        return next(logical_id for logical_id, resource in self.template['Resources'].items() if resource['Type'] == type_name)

    def found(self):
        """What cfn-lint and the models say that isn't allowed."""
        with tempfile.TemporaryDirectory() as app:
            path = os.path.join(app, 'Broken.template.json')
            with open(path, 'w', encoding='utf-8') as file:
                json.dump(self.template, file)
            findings = [Finding(rule, message, 'examples/broken') for _path, rule, message in lint([path])]
            findings.extend(Finding('API', refusal, 'examples/broken') for refusal in refusals_of(app))
        return judge(findings)[0]

    def assert_refused(self, *rules):
        self.assertLessEqual(set(rules), {finding.rule for finding in self.found()})

    def test_takes_what_is_not_broken(self):
        self.assertEqual(self.found(), [])

    def test_refuses_a_property_with_another_name(self):
        properties = self.resource(PROVIDER)['Properties']
        properties['VPCConfig'] = properties.pop('VpcConfig')

        self.assert_refused('E3002', 'E3003', 'API')

    def test_refuses_a_value_beyond_its_bound(self):
        self.resource(PROVIDER)['Properties']['CapacityProviderScalingConfig'] = {'MaxVCpuCount': 15001}

        self.assert_refused('E3034', 'API')

    def test_refuses_a_value_below_its_bound(self):
        self.resource(FUNCTION)['Properties']['Timeout'] = 0

        self.assert_refused('E3034', 'API')

    def test_refuses_a_circle_of_dependencies(self):
        self.resource(PROVIDER).setdefault('DependsOn', []).append(self.logical_id(FUNCTION))

        self.assert_refused('E3004')

    def test_refuses_a_dependency_on_nothing(self):
        self.resource(PROVIDER).setdefault('DependsOn', []).append('NotThere')

        self.assert_refused('E3005')

    def test_refuses_a_word_that_lambda_does_not_know(self):
        self.resource(FUNCTION)['Properties']['LoggingConfig']['LogFormat'] = 'Json'

        self.assert_refused('E3030', 'API')

    def test_refuses_a_name_with_other_characters(self):
        self.resource(PROVIDER)['Properties']['CapacityProviderName'] = 'a.b'

        self.assert_refused('API')

    def test_refuses_what_lacks_a_property(self):
        del self.resource(FUNCTION)['Properties']['Code']

        self.assert_refused('E3003', 'API')

    def test_refuses_a_type_of_ours_that_no_row_turns_into_requests(self):
        self.template['Resources']['New'] = {'Type': 'AWS::Lambda::LayerVersion', 'Properties': {}}

        with self.assertRaisesRegex(LookupError, 'LayerVersion'):
            self.found()


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
