"""Runs cfn-lint with its default rules over templates, in the given Regions."""
import json

from cfnlint.config import ConfigMixIn
from cfnlint.runner import Runner

# Regions of different age with different services. The library's templates must be valid in each.
REGIONS = ['us-east-1', 'eu-west-1', 'ap-southeast-2', 'sa-east-1', 'eu-central-2']


def lint(paths, regions=REGIONS):
    """Returns each finding: the file, the rule and the message."""
    runner = Runner(ConfigMixIn(regions=regions, templates=paths))
    spare_what_was_seen(runner.rules['E3001'])
    return [(match.filename, match.rule.id, f'{match.message} ({"/".join(map(str, match.path or []))})') for match in runner.run()]


def spare_what_was_seen(rule):
    """
    Shows the rule of all resources each resource once: one that equals an earlier one to the letter, but for the logical ids of
    resources of the same type, is left out. Nine of ten are. What cfn-lint says of whole templates, such as cycles, it says of each.
    """
    original, seen = rule.validators['patternProperties'], set()

    def pattern_properties(validator, pattern, instance, schema):
        if tuple(validator.context.path.path) == ('Resources',):
            shapes = {shape_of(resource, validator.context): logical_id for logical_id, resource in instance.items()}
            instance = {logical_id: instance[logical_id] for shape, logical_id in shapes.items() if shape not in seen}
            seen.update(shapes)
        yield from original(validator, pattern, instance, schema)

    rule.validators['patternProperties'] = pattern_properties


def shape_of(resource, context):
    """Returns a resource in which logical ids are replaced by the types of their resources."""
    def kind(name):
        if name in context.resources:
            return context.resources[name].type
        return repr(context.parameters.get(name, name))

    def shape(value):
        if isinstance(value, list):
            return [shape(inner) for inner in value]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (name, argument), = value.items()
            if name == 'Ref':
                return {name: kind(argument)}
            if name == 'Fn::GetAtt' and isinstance(argument, list):
                return {name: [kind(argument[0]), *argument[1:]]}
        return {name: shape(inner) for name, inner in value.items()}

    return json.dumps(shape(resource), sort_keys=True, default=str)
