"""CloudFormation's registry, as cfn-lint ships it: the schemas of resource types."""
import json
import os
from functools import cache

import cfnlint
import jsonschema
from moto.cloudformation.exceptions import ValidationError

SCHEMAS = os.path.join(os.path.dirname(cfnlint.__file__), 'data', 'schemas')
# Properties that have been in the API since 2026-11-16, but aren't yet in the schema of cfn-lint 1.58.0.
NOT_YET_KNOWN = {'AWS::Lambda::Function': {'AcceleratorConfig'}}
KEYWORDS = ('properties', 'definitions', 'required', 'additionalProperties', 'oneOf', 'anyOf', 'allOf', 'patternProperties')


@cache
def schema(type_name):
    """Returns the schema of a type, or None if the registry has none."""
    files = _read('providers/us-east-1.json')
    return _read(f'resources/{files[type_name]}.json') if type_name in files else None


def names(type_name, keyword):
    """Returns the properties in a list of the schema, such as those whose change replaces the resource."""
    return [path.split('/properties/')[1].replace('/', '.') for path in (schema(type_name) or {}).get(keyword, [])]


def check(type_name, properties, logical_id):
    """Refuses properties as CloudFormation does before it sends a request."""
    if not schema(type_name):
        return
    draft = {'type': 'object', **{keyword: value for keyword, value in schema(type_name).items() if keyword in KEYWORDS}}
    known = {name: value for name, value in properties.items() if name not in NOT_YET_KNOWN.get(type_name, ())}
    errors = [error for error in jsonschema.Draft7Validator(draft).iter_errors(known) if not _is_lenient(error)]
    if errors:
        texts = (f'#/{"/".join(map(str, error.absolute_path))}: {error.message[:300]}' for error in errors[:5])
        raise ValidationError(logical_id, f'Properties validation failed for resource {logical_id} with message: {"; ".join(texts)}')


def _is_lenient(error):
    """Whether an error can be ignored: CloudFormation accepts numbers and booleans as text, and resolves dynamic references later."""
    return '{{resolve:' in str(error.instance) or error.validator == 'type' and isinstance(error.instance, (str, int, bool))


def _read(path):
    with open(os.path.join(SCHEMAS, path), encoding='utf-8') as file:
        return json.load(file)
