"""Templates with one fault each, which the emulated AWS must refuse. They prove that the loop can fail."""
PROVIDER, FUNCTION = 'AWS::Lambda::CapacityProvider', 'AWS::Lambda::Function'
ON_PROVIDER = ('CapacityProviderConfig', 'LambdaManagedInstancesCapacityProviderConfig')


class Twin:
    def __init__(self, template):
        self.template = template
        self.resources = template['Resources']

    def all(self, type_name):
        return {logical_id: resource for logical_id, resource in self.resources.items() if resource['Type'] == type_name}

    def set(self, type_name, *path, to):
        """Sets or removes a property of the first resource of a type."""
        value = next(iter(self.all(type_name).values()))['Properties']
        for name in path[:-1]:
            value = value.setdefault(name, {})
        if to is None:
            del value[path[-1]]
        else:
            value[path[-1]] = to

    def operator_role(self):
        return next(resource for resource in self.all('AWS::IAM::Role').values() if 'ManagedEC2ResourceOperator' in str(resource))['Properties']


def provider(*path, to):
    return lambda twin: twin.set(PROVIDER, *path, to=to)


def function(*path, to):
    return lambda twin: twin.set(FUNCTION, *path, to=to)


def without_dependencies(twin):
    """The provider no longer waits for the routes of its subnets."""
    for resource in twin.all(PROVIDER).values():
        resource['DependsOn'] = []


def without_routes(twin):
    for logical_id in twin.all('AWS::EC2::Route'):
        del twin.resources[logical_id]
    for resource in twin.resources.values():
        resource.pop('DependsOn', None)


def closed_group(twin):
    nothing = {'CidrIp': '255.255.255.255/32', 'IpProtocol': 'icmp', 'FromPort': 252, 'ToPort': 86}
    twin.set('AWS::EC2::SecurityGroup', 'SecurityGroupEgress', to=[nothing])


def circle(twin):
    for resource in twin.all(PROVIDER).values():
        resource['DependsOn'] = [*twin.all(FUNCTION)]


def trust_ec2(twin):
    twin.operator_role()['AssumeRolePolicyDocument']['Statement'][0]['Principal'] = {'Service': 'ec2.amazonaws.com'}


# The fault, the function that introduces it, and the words of the refusal.
TWINS = (
    ('a ceiling of 1 vCPU', provider('CapacityProviderScalingConfig', 'MaxVCpuCount', to=1), 'MaxVCpuCount'),
    ('a ceiling of 15,001 vCPUs', provider('CapacityProviderScalingConfig', 'MaxVCpuCount', to=15001), 'MaxVCpuCount'),
    ('a property that is unknown', provider('MaxVcpus', to=3), 'MaxVcpus'),
    ('no subnet', provider('VpcConfig', 'SubnetIds', to=[]), 'SubnetIds'),
    ('17 subnets', provider('VpcConfig', 'SubnetIds', to=[f'subnet-{number:08d}' for number in range(17)]), 'SubnetIds'),
    ('6 security groups', provider('VpcConfig', 'SecurityGroupIds', to=[f'sg-{number:08d}' for number in range(6)]), 'SecurityGroupIds'),
    ('a subnet that is not there', provider('VpcConfig', 'SubnetIds', to=['subnet-12345678']), 'subnet-12345678'),
    ('a security group that is not there', provider('VpcConfig', 'SecurityGroupIds', to=['sg-12345678']), 'sg-12345678'),
    ('a scaling mode that is unknown', provider('CapacityProviderScalingConfig', 'ScalingMode', to='Fast'), 'Fast'),
    ('a name with a dot', provider('CapacityProviderName', to='a.b'), 'CapacityProviderName'),
    ('an instance type that is none', provider('InstanceRequirements', 'AllowedInstanceTypes', to=['c7g.xlarge!']), 'AllowedInstanceTypes'),
    ('a role that Lambda may not assume', trust_ec2, 'may not assume'),
    ('a role without a policy', lambda twin: twin.operator_role().pop('ManagedPolicyArns'), 'has no policy'),
    ('a managed policy that is not there', lambda twin: twin.operator_role().update(
        ManagedPolicyArns=['arn:aws:iam::aws:policy/service-role/AWSLambdaManagedEC2ResourceOperator']), 'AWSLambdaManagedEC2ResourceOperator'),
    ('a group that lets nothing out', closed_group, 'HTTPS'),
    ('subnets without a route', without_routes, 'no route'),
    ('a provider that does not wait for its routes', without_dependencies, 'no route'),
    ('a circle', circle, 'Circular'),
    ('1,024 MB of memory', function('MemorySize', to=1024), '1024 is below 2048'),
    ('logs as text', function('LoggingConfig', 'LogFormat', to='Text'), 'LogFormat'),
    ('another architecture', function('Architectures', to=['arm64']), 'architecture'),
    ('16 GiB per vCPU', function(*ON_PROVIDER, 'ExecutionEnvironmentMemoryGiBPerVCpu', to=16), 'ExecutionEnvironmentMemoryGiBPerVCpu'),
    ('1,601 requests at once', function(*ON_PROVIDER, 'PerExecutionEnvironmentMaxConcurrency', to=1601), 'PerExecutionEnvironmentMaxConcurrency'),
    ('a provider that is not there', function(
        *ON_PROVIDER, 'CapacityProviderArn', to='arn:aws:lambda:us-east-1:123456789012:capacity-provider:nobody'), 'not found'),
    ('a function in a VPC', function('VpcConfig', to={'SubnetIds': ['subnet-12345678'], 'SecurityGroupIds': ['sg-12345678']}), 'VpcConfig'),
    ('a timeout of 5,401 s', function('Timeout', to=5401), 'Timeout'),
    ('a runtime that is unknown', function('Runtime', to='nodejs99.x'), 'nodejs99'),
    ('fewer environments than none', function('FunctionScalingConfig', to={'MinExecutionEnvironments': -1}), 'MinExecutionEnvironments'),
)
