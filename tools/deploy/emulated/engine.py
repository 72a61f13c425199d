"""Corrects the differences between moto's CloudFormation and AWS's: the order of work, replacement, change sets, exports."""
import ipaddress

from moto.cloudformation import models, parsing
from moto.cloudformation.exceptions import CloudFormationError, ValidationError

PROVIDER = 'AWS::Lambda::CapacityProvider'
# Stacks with all resources created. moto waits for custom resources, whose functions it doesn't run.
MADE = []
# The types that the engine supports.
KNOWN = {'AWS::CDK::Metadata'}
# The types that are updated when a resource that they refer to is replaced.
FOLLOWS = ('AWS::Lambda::Function', 'AWS::Lambda::Version', 'AWS::Lambda::Alias')


def references(value):
    """Returns the logical ids that a part of a template refers to."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == 'Ref':
                yield inner
            elif name == 'Fn::GetAtt':
                yield inner[0] if isinstance(inner, list) else inner.split('.')[0]
            elif name == 'DependsOn':
                yield from inner if isinstance(inner, list) else [inner]
            else:
                yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def in_order(resources, is_new=False):
    """
    An order that CloudFormation may create them in: what a resource needs comes before it. Of all such orders it is the hardest for capacity
    providers, which come as early as they may: what one needs and doesn't wait for isn't there yet. A circle is an error in what is new.
    """
    order = []

    def visit(logical_id, above=()):
        if logical_id in above:
            if is_new:
                raise ValidationError(message=f'Circular dependency between resources: [{", ".join(above)}]')
            return
        if logical_id in resources and logical_id not in order:
            for other in references(resources[logical_id]):
                visit(other, (*above, logical_id))
            order.append(logical_id)

    for logical_id in sorted(resources, key=lambda logical_id: resources[logical_id]['Type'] != PROVIDER):
        visit(logical_id)
    return order


def ordered(self):
    """Refuses unknown types, which moto silently leaves out."""
    for logical_id, resource in self._resource_json_map.items():
        if resource['Type'] not in KNOWN and not resource['Type'].startswith('Custom::'):
            raise ValidationError(logical_id, f'the emulator has no {resource["Type"]}: add it to other_types.py')
    return in_order(self._resource_json_map, is_new=True)


def difference(self, other_template, parameters=None):
    found = original_difference(self, other_template, parameters)
    resources = other_template['Resources']
    order = in_order(resources, is_new=True)
    modified = set(found['Modify'])
    for logical_id in order:
        follows = resources[logical_id]['Type'] in FOLLOWS and logical_id in self._resource_json_map
        if follows and modified & set(references(resources[logical_id])):
            modified.add(logical_id)
    return {**found, 'Add': sorted(found['Add'], key=order.index), 'Modify': sorted(modified, key=order.index)}


def update(self, template, parameters=None):
    """Deletes replaced resources after all other work."""
    original_update(self, template, parameters)
    for resource in list(self._parsed_resources.values()):
        replaced = getattr(resource, 'replaces', None)
        if replaced:
            replaced.delete(self._account_id, self._region_name)
            resource.replaces = None


def delete(self):
    """Deletes resources before those that they refer to."""
    for logical_id in reversed(in_order(self._resource_json_map)):
        resource, json = self._parsed_resources.get(logical_id), self._resource_json_map[logical_id]
        if resource is None or isinstance(resource, str) or json.get('DeletionPolicy', '').startswith('Retain'):
            continue
        if hasattr(resource, 'delete'):
            resource.delete(self._account_id, self._region_name)
        else:
            self._delete_resource(resource, json)
        self._parsed_resources.pop(logical_id)


def clean(value, resources):
    """Evaluates two forms of intrinsic functions that moto doesn't know."""
    if isinstance(value, dict) and 'Fn::Cidr' in value:
        block, count, bits = (clean(argument, resources) for argument in value['Fn::Cidr'])
        network = ipaddress.ip_network(block)
        subnets = network.subnets(new_prefix=network.max_prefixlen - int(bits))
        return [str(subnet) for _index, subnet in zip(range(int(count)), subnets)]
    if isinstance(value, dict) and isinstance(value.get('Fn::GetAtt'), str):
        value = {'Fn::GetAtt': value['Fn::GetAtt'].split('.', 1)}
    return original_clean(value, resources)


def parameter_of_ssm(self, value, value_type):
    """Accepts a name that is already resolved, because an update resolves it again."""
    try:
        return original_parameter(self, value, value_type)
    except AttributeError:
        return value


class ChangeSetNotFound(CloudFormationError):
    code = 'ChangeSetNotFound'
    status = 404

    def __init__(self, name):
        super().__init__(f'ChangeSet [{name}] does not exist')


def delete_change_set(self, change_set_name):
    """Deletes a change set. A missing one isn't an error."""
    try:
        original_delete_change_set(self, change_set_name)
    except UnboundLocalError:
        pass


def describe_change_set(self, change_set_name):
    try:
        found = original_describe(self, change_set_name)
    except ValidationError:
        found = None
    if not found:
        raise ChangeSetNotFound(change_set_name)
    return found


def execute_change_set(self, change_set_name, stack_name=None):
    """Publishes the exports of the stack to other stacks."""
    original_execute(self, change_set_name, stack_name)
    for stack in self.stacks.values():
        self.exports.update({export.name: export for export in stack.exports})


def exports(self):
    """Returns the exports once all resources exist. Reading them earlier, or after the deletion, would create resources out of turn."""
    is_made = self.status.endswith('COMPLETE') or self in MADE
    return original_exports.fget(self) if is_made and not self.status.startswith('DELETE') else []


def create_stack(self, name, *arguments, **more):
    """Rolls back a stack whose resources are refused."""
    try:
        stack = original_create_stack(self, name, *arguments, **more)
    except Exception:
        self.delete_stack(name)
        raise
    MADE.append(stack)
    self.exports.update({export.name: export for export in stack.exports})
    return stack


Map, Backend, Stack = parsing.ResourceMap, models.CloudFormationBackend, models.Stack
original_exports, original_create_stack = Stack.exports, Backend.create_stack
original_difference, original_update, original_clean = Map.build_resource_diff, Map.update, parsing.clean_json
original_parameter, original_delete_change_set = Map.parse_ssm_parameter, Backend.delete_change_set
original_describe, original_execute = Backend.describe_change_set, Backend.execute_change_set


def install(types):
    """Installs the corrections in moto, with further types besides its own."""
    Map._ResourceMap__get_resources_in_dependency_order = ordered
    Map.build_resource_diff, Map.update, Map.delete, Map.parse_ssm_parameter = difference, update, delete, parameter_of_ssm
    Backend.delete_change_set, Backend.describe_change_set, Backend.execute_change_set = delete_change_set, describe_change_set, execute_change_set
    Backend.create_stack, Stack.exports = create_stack, property(exports)
    parsing.clean_json = clean
    known = {model.cloudformation_type(): model for model in parsing.CloudFormationModel.__subclasses__()}
    known.update({model.TYPE: model for model in types})
    KNOWN.update(known)
    parsing.get_model_map = lambda: known
    parsing.get_model_list = lambda: list(known.values())
