"""Lambda Managed Instances for moto: capacity providers, functions and versions on them, as botocore's model and AWS's pages describe them."""
import base64
import json
import re
import time
from urllib.parse import unquote

from emulated import registry
from moto.awslambda import models as lambda_models
from moto.awslambda import urls
from moto.cloudformation.exceptions import ValidationError
from moto.ec2.models import ec2_backends
from moto.iam.models import iam_backends
from moto.kms.models import kms_backends
from emulated.stand_in import MADE, StandIn, log, requests_for

PROVIDER = 'AWS::Lambda::CapacityProvider'
FUNCTION = 'AWS::Lambda::Function'
ACCOUNT = '123456789012'
HTTPS = 443


class CapacityProvider(StandIn):
    TYPE = PROVIDER

    @property
    def arn(self):
        return f'arn:aws:lambda:{self.region}:{self.account}:capacity-provider:{self.ref}'

    def attribute(self, name):
        return {'Arn': self.arn, 'State': 'Active', 'CapacityProviderName': self.ref}[name]

    def create(self):
        """Checks that the things that instances need exist before the provider, because instances start once it exists."""
        vpc = self.properties['VpcConfig']
        ec2 = ec2_backends[self.account][self.region]
        subnets = [ec2.get_subnet(subnet) for subnet in vpc['SubnetIds']]
        groups = [self.group(ec2, group) for group in vpc['SecurityGroupIds']]
        vpcs = {subnet.vpc_id for subnet in subnets} | {group.vpc_id for group in groups}
        if len(vpcs) != 1:
            raise ValidationError(self.logical_id, f'subnets and security groups are in {len(vpcs)} VPCs')
        self.check_role()
        if not any(allows_https(rule) for group in groups for rule in group.egress_rules):
            raise ValidationError(self.logical_id, 'no security group lets instances send HTTPS')
        stranded = [subnet.id for subnet in subnets if not reaches_aws(ec2, subnet)]
        if stranded:
            raise ValidationError(self.logical_id, f'instances in {stranded} have no route to CloudWatch Logs')
        if self.properties.get('KmsKeyArn'):
            kms_backends[self.account][self.region].describe_key(self.properties['KmsKeyArn'])
        self.modified = time.time()

    def group(self, ec2, group_id):
        group = ec2.get_security_group_from_id(group_id)
        if not group:
            raise ValidationError(self.logical_id, f'the security group {group_id} does not exist')
        return group

    def check_role(self):
        arn = self.properties['PermissionsConfig']['CapacityProviderOperatorRoleArn']
        role = iam_backends[self.account]['aws'].get_role_by_arn(arn)
        if 'lambda.amazonaws.com' not in str(role.assume_role_policy_document):
            raise ValidationError(self.logical_id, f'Lambda may not assume {arn}')
        if not role.managed_policies and not role.policies:
            raise ValidationError(self.logical_id, f'{arn} has no policy')

    def remove(self):
        users = [function.function_name for function in functions(self.account, self.region) if provider_arn(function) == self.arn]
        if users:
            raise ValidationError(self.logical_id, f'ResourceConflictException: {self.ref} is used by {users}')

    def describe(self):
        passed_on = ('VpcConfig', 'PermissionsConfig', 'InstanceRequirements', 'CapacityProviderScalingConfig', 'KmsKeyArn', 'TelemetryConfig')
        answer = {name: self.properties[name] for name in passed_on if name in self.properties}
        if 'PropagateTags' in self.properties:
            answer['PropagateTags'] = dict(self.requests[0][2]['PropagateTags'])
        modified = time.strftime('%Y-%m-%dT%H:%M:%S.000+0000', time.gmtime(self.modified))
        return {'CapacityProviderArn': self.arn, 'State': 'Active', 'LastModified': modified, **answer}


def allows_https(rule):
    every = rule.ip_protocol == '-1' or rule.from_port is None
    return every or int(rule.from_port) <= HTTPS <= int(rule.to_port)


def reaches_aws(ec2, subnet):
    """Whether a subnet reaches AWS, by a route out of the VPC or by an endpoint in it."""
    tables = [table for table in ec2.route_tables.values() if table.vpc_id == subnet.vpc_id]
    own = [table for table in tables if subnet.id in table._associations.values()]
    routes = [route for table in own for route in table.routes]
    outside = any(route.destination_cidr_block == '0.0.0.0/0' or route.destination_ipv6_cidr_block == '::/0' for route in routes)
    return outside or any(
        endpoint.vpc_id == subnet.vpc_id and endpoint.service_name.endswith('.logs') for endpoint in ec2.vpc_end_points.values())


def functions(account, region):
    return [group['latest'] for group in lambda_models.get_backend(account, region)._lambdas._functions.values() if group['latest']]


def provider_arn(function):
    return getattr(function, 'provider_arn', None)


def provider_of(properties, account, region, logical_id):
    """Returns the ARN of a function's provider, or None. Refuses functions that Lambda would refuse on a provider."""
    config = (properties.get('CapacityProviderConfig') or {}).get('LambdaManagedInstancesCapacityProviderConfig')
    if not config:
        return None
    arn = config['CapacityProviderArn']
    provider = next((made for made in MADE[PROVIDER, account, region].values() if made.arn == arn), None)
    if not provider and arn.endswith(NOT_THERE):
        raise ValidationError(logical_id, f'ResourceNotFoundException: Capacity provider not found: {arn}')
    architectures = provider and provider.properties.get('InstanceRequirements', {}).get('Architectures')
    architecture = (properties.get('Architectures') or ['x86_64'])[0]
    if architectures and architecture not in architectures:
        raise ValidationError(logical_id, f'architecture {architecture} is not one of the provider: {architectures}')
    if int(properties.get('MemorySize', 128)) < 2048:
        raise ValidationError(logical_id, f'MemorySize {properties.get("MemorySize", 128)} is below 2048')
    if (properties.get('LoggingConfig') or {}).get('LogFormat') == 'Text':
        raise ValidationError(logical_id, 'LogFormat Text is not supported')
    if (properties.get('VpcConfig') or {}).get('SubnetIds'):
        raise ValidationError(logical_id, 'VpcConfig is not supported with CapacityProviderConfig')
    return arn


# Providers that templates name by a literal ARN are assumed to exist, except this one.
NOT_THERE = ':nobody'

create_function = lambda_models.LambdaFunction.create_from_cloudformation_json.__func__
get_configuration = lambda_models.LambdaFunction.get_configuration


def created(cls, name, cloudformation_json, account_id, region_name, **more):
    properties, logical_id = cloudformation_json['Properties'], more.get('LogicalId', name)
    registry.check(FUNCTION, properties, logical_id)
    requests_for(FUNCTION, properties, name[:64], logical_id)
    arn = provider_of(properties, account_id, region_name, logical_id)
    iam_backends[account_id]['aws'].get_role_by_arn(properties['Role'])
    function = create_function(cls, name[:64], json.loads(json.dumps(cloudformation_json)), account_id, region_name, **more)
    remember(function, properties, arn)
    function.live = ['$LATEST.PUBLISHED'] if arn and properties.get('PublishToLatestPublished', True) else []
    log('create', FUNCTION, logical_id, 'on', arn)
    return function


def updated(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    properties, name = cloudformation_json['Properties'], original_resource.function_name
    registry.check(FUNCTION, properties, name)
    requests_for(FUNCTION, properties, name, name)
    arn = provider_of(properties, account_id, region_name, name)
    if bool(arn) != bool(provider_arn(original_resource)):
        raise ValidationError(name, 'CapacityProviderConfig can be neither added to a function nor removed from it')
    request = json.loads(json.dumps(properties))
    if 'ZipFile' in request['Code']:
        request['Code']['ZipFile'] = base64.b64encode(cls._create_zipfile_from_plaintext_code(request['Code']['ZipFile']))
    original_resource.update_configuration(request)
    original_resource.update_function_code(request['Code'])
    remember(original_resource, properties, arn)
    return original_resource


def remember(function, properties, arn):
    function.provider_arn, function.properties = arn, properties
    function.architectures = properties.get('Architectures', ['x86_64'])


def configuration(self, on_create=False):
    answer = get_configuration(self, on_create)
    if provider_arn(self):
        answer['CapacityProviderConfig'] = json.loads(json.dumps(self.properties['CapacityProviderConfig']), parse_int=int)
        answer['LoggingConfig'] = self.properties.get('LoggingConfig', {'LogFormat': 'JSON'})
        answer['State'] = 'ActiveNonInvocable'
        answer.pop('SnapStart', None)
    return answer


class Version(StandIn):
    TYPE = 'AWS::Lambda::Version'

    def create(self):
        backend = lambda_models.get_backend(self.account, self.region)
        self.function = backend.get_function(self.properties['FunctionName'])
        self.number = str(backend.publish_version(self.function.function_name, description=self.properties.get('Description')).version)
        if provider_arn(self.function):
            self.function.live.append(self.number)
        self.ref = f'arn:aws:lambda:{self.region}:{self.account}:function:{self.function.function_name}:{self.number}'

    def attribute(self, name):
        return {'Version': self.number, 'FunctionArn': self.ref}[name]

    def remove(self):
        if self.number in getattr(self.function, 'live', []):
            self.function.live.remove(self.number)


class Alias(StandIn):
    TYPE = 'AWS::Lambda::Alias'

    def create(self):
        backend = lambda_models.get_backend(self.account, self.region)
        function = backend.get_function(self.properties['FunctionName'])
        backend.create_alias(
            name=self.properties['Name'], function_name=function.function_name, function_version=self.properties['FunctionVersion'],
            description=self.properties.get('Description', ''), routing_config=self.properties.get('RoutingConfig'))
        self.ref = f'arn:aws:lambda:{self.region}:{self.account}:function:{function.function_name}:{self.properties["Name"]}'

    def attribute(self, name):
        return {'AliasArn': self.ref}[name]


def answer_about_providers(_request, full_url, headers):
    """Lambda's API: GetCapacityProvider, ListCapacityProviders, ListFunctionVersionsByCapacityProvider."""
    region = (re.search(r'/(\w+-\w+-\d)/lambda', headers.get('Authorization', '')) or [None, 'us-east-1'])[1]
    providers = MADE[PROVIDER, ACCOUNT, region]
    name, versions = re.search(r'/capacity-providers(?:/([^/?]+))?(/function-versions)?', full_url).groups()
    if not name:
        return answer({'CapacityProviders': [provider.describe() for provider in providers.values()]})
    provider = providers.get(unquote(name).split(':')[-1])
    if not provider:
        text = json.dumps({'Message': f'Capacity provider not found: {name}', 'Type': 'User'})
        return 404, {'x-amzn-ErrorType': 'ResourceNotFoundException'}, text
    if not versions:
        return answer({'CapacityProvider': provider.describe()})
    on_it = [function for function in functions(ACCOUNT, region) if provider_arn(function) == provider.arn]
    return answer({'CapacityProviderArn': provider.arn, 'FunctionVersions': [
        {'FunctionArn': f'{function.function_arn}:{version}', 'State': 'Active'} for function in on_it for version in function.live]})


def answer(body):
    return 200, {'Content-Type': 'application/json'}, json.dumps(body)


def install():
    """Installs the functions in moto. The types must be registered separately."""
    lambda_models.LambdaFunction.create_from_cloudformation_json = classmethod(created)
    lambda_models.LambdaFunction.update_from_cloudformation_json = classmethod(updated)
    lambda_models.LambdaFunction.get_configuration = configuration
    for path in ('', '/(?P<name>[^/]+)', '/(?P<name>[^/]+)/function-versions'):
        urls.url_paths[rf'{{0}}/(?P<api_version>[^/]+)/capacity-providers{path}/?$'] = answer_about_providers
    return [CapacityProvider, Version, Alias]
