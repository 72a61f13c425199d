"""A resource type that moto's CloudFormation lacks. It is created, updated in place or replaced, and deleted, according to the registry's schema."""
import sys
from collections import defaultdict

from emulated import registry
from api_model import refusals
from api_requests import requests_of
from moto.cloudformation.exceptions import UnformattedGetAttTemplateException, ValidationError
from moto.core.common_models import CloudFormationModel

# The resources by physical id, for each type, account and Region.
MADE = defaultdict(dict)


def requests_for(type_name, properties, name, logical_id):
    """Checks the API requests for a resource, and refuses them as the API would."""
    try:
        requests = requests_of(type_name, properties, name) or []
    except KeyError as missing:
        raise ValidationError(logical_id, f'{logical_id}: {missing} is required') from missing
    errors = [refusal for service, operation, request in requests for refusal in refusals(service, operation, request)]
    if errors:
        raise ValidationError(logical_id, f'{logical_id}: {"; ".join(errors)}')
    return requests


def log(*words):
    print('::', *words, file=sys.stderr, flush=True)


class StandIn(CloudFormationModel):
    """A stand-in keeps the properties. Subclasses add what a creation, an update and a deletion do."""

    TYPE = ''

    def create(self):
        pass

    def update(self, _changed):
        pass

    def remove(self):
        pass

    def attribute(self, name):
        """Returns an attribute for `Fn::GetAtt` that isn't a property."""
        return f'arn:aws:{self.TYPE.split("::")[1].lower()}:{self.region}:{self.account}:{self.ref}' if name.endswith('Arn') else f'{name}-of-{self.ref}'

    @property
    def physical_resource_id(self):
        return self.ref

    def get_cfn_attribute(self, name):
        if name not in registry.names(self.TYPE, 'readOnlyProperties') + registry.names(self.TYPE, 'primaryIdentifier'):
            raise UnformattedGetAttTemplateException()
        return self.properties[name] if name in self.properties else self.attribute(name)

    def delete(self, _account_id, _region_name):
        self.remove()
        MADE[self.TYPE, self.account, self.region].pop(self.ref, None)
        log('delete', self.TYPE, self.logical_id)

    @classmethod
    def create_from_cloudformation_json(cls, name, json, account_id, region_name, **more):
        self = cls()
        self.account, self.region, self.logical_id = account_id, region_name, more.get('LogicalId', name)
        self.properties = json.get('Properties', {})
        registry.check(cls.TYPE, self.properties, self.logical_id)
        identifier = registry.names(cls.TYPE, 'primaryIdentifier')
        self.name = self.properties.get(identifier[0], name[:140]) if len(identifier) == 1 else name[:140]
        self.ref = self.name
        self.requests = requests_for(cls.TYPE, self.properties, self.name, self.logical_id)
        self.create()
        MADE[cls.TYPE, account_id, region_name][self.ref] = self
        log('create', cls.TYPE, self.logical_id)
        return self

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        old, new = original_resource.properties, cloudformation_json.get('Properties', {})
        changed = {name for name in {*old, *new} if old.get(name) != new.get(name)}
        if changed & {name.split('.')[0] for name in registry.names(cls.TYPE, 'createOnlyProperties')}:
            made = cls.create_from_cloudformation_json(
                new_resource_name, cloudformation_json, account_id, region_name, LogicalId=original_resource.logical_id)
            made.replaces = original_resource
            return made
        registry.check(cls.TYPE, new, original_resource.logical_id)
        original_resource.requests = requests_for(cls.TYPE, new, original_resource.name, original_resource.logical_id)
        original_resource.properties = new
        if changed:
            original_resource.update(changed)
        return original_resource

    @classmethod
    def delete_from_cloudformation_json(cls, resource_name, _json, account_id, region_name):
        made = MADE[cls.TYPE, account_id, region_name].get(resource_name)
        if made:
            made.delete(account_id, region_name)

    @classmethod
    def cloudformation_type(cls):
        return cls.TYPE

    @staticmethod
    def cloudformation_name_type():
        return ''

    @classmethod
    def has_cfn_attr(cls, _name):
        return True


def stand_in(type_name):
    """Returns a type of which only the properties matter here."""
    return type(f'StandIn{type_name.replace("::", "")}', (StandIn,), {'TYPE': type_name})
