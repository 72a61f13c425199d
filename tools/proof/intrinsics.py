"""Replaces the values that CloudFormation fills into a template by made-up ones: ids and ARNs in AWS's form."""
import hashlib

from api_model import UNKNOWN

ACCOUNT = '123456789012'
EC2_IDS = {'VPC': 'vpc', 'Subnet': 'subnet', 'SecurityGroup': 'sg', 'RouteTable': 'rtb', 'InternetGateway': 'igw', 'NatGateway': 'nat',
           'EgressOnlyInternetGateway': 'eigw', 'EIP': 'eipalloc', 'Instance': 'i', 'NetworkInterface': 'eni', 'VPNGateway': 'vgw'}
LAMBDA_ARNS = {'Function': 'function:{}', 'Version': 'function:{}:1', 'Alias': 'function:{}:live', 'CapacityProvider': 'capacity-provider:{}'}
# The property that names a resource, and the longest name that CloudFormation generates without it.
NAMES = {'AWS::Lambda::CapacityProvider': ('CapacityProviderName', 140), 'AWS::Lambda::Function': ('FunctionName', 64),
         'AWS::IAM::Role': ('RoleName', 64), 'AWS::Logs::LogGroup': ('LogGroupName', 255), 'AWS::Scheduler::Schedule': ('Name', 64), 'AWS::Scheduler::ScheduleGroup': ('Name', 64),
         'AWS::SQS::Queue': ('QueueName', 80)}


class Intrinsics:
    """Fills in one template of an app, in one Region."""

    def __init__(self, template, region, exports=None):
        self.resources = template.get('Resources', {})
        self.parameters = template.get('Parameters', {})
        self.outputs = template.get('Outputs', {})
        self.region = region
        self.exports = exports or {}

    def exported(self):
        """Returns the exports of the template, by name."""
        exports = [output for output in self.outputs.values() if 'Export' in output]
        return {self.fill(output['Export']['Name']): self.fill(output['Value']) for output in exports}

    def properties(self, logical_id):
        return self.fill(self.resources[logical_id].get('Properties', {}))

    def physical_name(self, logical_id):
        """Returns the given name, or else one like CloudFormation's generated names."""
        resource = self.resources[logical_id]
        prop, longest = NAMES.get(resource['Type'], (None, 128))
        given = resource.get('Properties', {}).get(prop)
        return given if isinstance(given, str) else f'S-{logical_id}-AB12CD34EF56'[-longest:].lstrip('-')

    def fill(self, value):
        if isinstance(value, list):
            return [filled for filled in map(self.fill, value) if filled is not None]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (name, argument), = value.items()
            if name == 'Ref':
                return self.ref(argument)
            if name.startswith('Fn::'):
                function = getattr(self, name[4:].lower(), None)
                return function(argument) if function else UNKNOWN
        filled = ((name, self.fill(inner)) for name, inner in value.items())
        return {name: inner for name, inner in filled if inner is not None}

    def ref(self, name):
        pseudo = {'AWS::Region': self.region, 'AWS::AccountId': ACCOUNT, 'AWS::Partition': 'aws', 'AWS::URLSuffix': 'amazonaws.com',
                  'AWS::StackName': 'S', 'AWS::NoValue': None}
        if name in pseudo:
            return pseudo[name]
        return self.physical(name, None) if name in self.resources else self.parameters.get(name, {}).get('Default', UNKNOWN)

    def getatt(self, argument):
        logical_id, attribute = argument.split('.', 1) if isinstance(argument, str) else argument
        return self.physical(logical_id, attribute) if logical_id in self.resources else UNKNOWN

    def join(self, argument):
        parts = self.fill(argument[1])
        return UNKNOWN if parts is UNKNOWN or UNKNOWN in parts else argument[0].join(map(str, parts))

    def select(self, argument):
        values = self.fill(argument[1])
        return values[int(argument[0])] if isinstance(values, list) and int(argument[0]) < len(values) else UNKNOWN

    def split(self, argument):
        text = self.fill(argument[1])
        return text.split(argument[0]) if isinstance(text, str) else UNKNOWN

    def getazs(self, _argument):
        return [f'{self.region}{zone}' for zone in 'abc']

    def importvalue(self, argument):
        return self.exports.get(self.fill(argument), UNKNOWN)

    def base64(self, argument):
        return self.fill(argument)

    def physical(self, logical_id, attribute):
        """Returns the value of `Ref` (without an attribute) or `Fn::GetAtt`, for the types whose ids the library uses."""
        type_name = self.resources[logical_id]['Type']
        service, kind = type_name.split('::')[1:] if type_name.startswith('AWS::') else (None, None)
        name = self.physical_name(logical_id)
        is_arn = attribute is not None and attribute.endswith('Arn')
        if service == 'EC2' and kind in EC2_IDS and attribute in (None, 'GroupId', 'VpcId', 'SubnetId', 'AllocationId', 'Id', f'{kind}Id'):
            return f'{EC2_IDS[kind]}-{hashlib.sha256(logical_id.encode()).hexdigest()[:17]}'
        if service == 'Lambda' and kind in LAMBDA_ARNS:
            if is_arn or attribute is None and kind in ('Version', 'Alias'):
                return self.arn('lambda', LAMBDA_ARNS[kind].format(name[:64] if kind != 'CapacityProvider' else name))
            return {None: name, 'Version': '1'}.get(attribute, UNKNOWN)
        if service == 'IAM' and kind == 'Role':
            return f'arn:aws:iam::{ACCOUNT}:role/{name}' if is_arn else name if attribute is None else UNKNOWN
        if service == 'KMS' and kind == 'Key':
            key = '1234abcd-12ab-34cd-56ef-1234567890ab'
            return self.arn('kms', f'key/{key}') if is_arn else key
        if service == 'SNS' and kind == 'Topic':
            return self.arn('sns', name)
        if service == 'SQS' and kind == 'Queue':
            return self.arn('sqs', name) if is_arn else UNKNOWN
        if service == 'CloudWatch':
            return self.arn('cloudwatch', f'alarm:{name}') if is_arn else name
        if service == 'Logs' and kind == 'LogGroup':
            return self.arn('logs', f'log-group:{name}:*') if is_arn else name
        return UNKNOWN

    def arn(self, service, resource):
        return f'arn:aws:{service}:{self.region}:{ACCOUNT}:{resource}'
