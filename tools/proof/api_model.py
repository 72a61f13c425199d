"""Checks requests against AWS's published API models, as botocore ships them."""
import gzip
import json
import os
from functools import cache

import botocore
import regex

DATA = os.path.join(os.path.dirname(botocore.__file__), 'data')


class Unknown:
    """A value that is known only at deployment. Every model allows it."""

    def __repr__(self):
        return 'known at deployment'


UNKNOWN = Unknown()


@cache
def model(service):
    """Returns the newest model of a service."""
    folder = os.path.join(DATA, service)
    with gzip.open(os.path.join(folder, sorted(os.listdir(folder))[-1], 'service-2.json.gz')) as file:
        return json.load(file)


def refusals(service, operation, request):
    """Returns the parts of a request that the model of an operation doesn't allow, each with its path."""
    shapes = model(service)['shapes']
    found = []
    _walk(shapes, model(service)['operations'][operation]['input']['shape'], request, operation, found)
    return found


def _walk(shapes, name, value, path, found):
    if value is UNKNOWN:
        return
    shape = shapes[name]
    kind = shape['type']
    if not isinstance(value, PYTHON_TYPES[kind]) or (isinstance(value, bool) and kind != 'boolean'):
        value = _number(value) if kind in NUMBERS else None
        if value is None:
            found.append(f'{path}: must be a {kind}')
            return
    if kind == 'structure':
        found.extend(f'{path}.{member}: required' for member in shape.get('required', []) if member not in value)
        for member, inner in value.items():
            if member in shape['members']:
                _walk(shapes, shape['members'][member]['shape'], inner, f'{path}.{member}', found)
            else:
                found.append(f'{path}.{member}: unknown')
    elif kind == 'list':
        _bounds(shape, len(value), 'entries', path, found)
        for index, inner in enumerate(value):
            _walk(shapes, shape['member']['shape'], inner, f'{path}[{index}]', found)
    elif kind == 'map':
        _bounds(shape, len(value), 'entries', path, found)
        for key, inner in value.items():
            _walk(shapes, shape['key']['shape'], key, f'{path}, key {key}', found)
            _walk(shapes, shape['value']['shape'], inner, f'{path}.{key}', found)
    elif kind == 'string':
        _bounds(shape, len(value), 'characters', path, found)
        if 'enum' in shape and value not in shape['enum']:
            found.append(f'{path}: {value!r} is none of {", ".join(shape["enum"])}')
        if 'pattern' in shape and not regex.fullmatch(shape['pattern'], value, regex.DOTALL):
            found.append(f'{path}: {value!r:.100} does not match {shape["pattern"]:.120}')
    elif kind in NUMBERS:
        _bounds(shape, value, '', path, found)
        if kind in ('integer', 'long') and value != int(value):
            found.append(f'{path}: {value} is not a whole number')
    elif kind == 'blob':
        _bounds(shape, len(value), 'bytes', path, found)


NUMBERS = ('integer', 'long', 'float', 'double')
PYTHON_TYPES = {
    'structure': dict, 'list': list, 'map': dict, 'string': str, 'boolean': bool, 'blob': (str, bytes), 'timestamp': str,
    **{kind: (int, float) for kind in NUMBERS},
}


def _number(value):
    """Returns a number. CloudFormation accepts numbers that are written as strings."""
    return float(value) if isinstance(value, str) and regex.fullmatch(r'-?\d+(\.\d+)?', value) else None


def _bounds(shape, size, unit, path, found):
    amount = f'{size} {unit}'.strip()
    if size < shape.get('min', size):
        found.append(f'{path}: {amount} is below {shape["min"]}')
    if size > shape.get('max', size):
        found.append(f'{path}: {amount} is above {shape["max"]}')
