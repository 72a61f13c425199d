"""The API requests that CloudFormation sends to create a resource, from its properties and its physical name.

A row says how the properties of a type become requests. Only what CloudFormation does differently from handing the properties on needs
code. A type without a row must be in `LEFT_TO_CFN_LINT`.
"""
import json


def without(properties, *names):
    return {name: value for name, value in properties.items() if name not in names}


def tag_map(tags):
    return {tag['Key']: tag.get('Value', '') for tag in tags}


def lower_camel(value):
    """Converts CloudFormation's names to those of the CloudWatch Logs API."""
    if isinstance(value, dict):
        return {name[0].lower() + name[1:]: lower_camel(inner) for name, inner in value.items()}
    return [lower_camel(inner) for inner in value] if isinstance(value, list) else value


def text_of(document):
    return json.dumps(document, default=repr)


def one(service, operation, *left_out, name=None, text=()):
    """Returns a function that makes one request from the properties: without some of them, with a name if there is none, and with documents as text."""
    def requests(properties, physical_name):
        request = without(properties, *left_out)
        if name:
            request.setdefault(name, physical_name)
        request.update({key: text_of(request[key]) for key in text if key in request})
        return [(service, operation, request)]
    return requests


def capacity_provider(properties, name):
    request = {'CapacityProviderName': name, **properties}
    if 'Tags' in request:
        request['Tags'] = tag_map(request['Tags'])
    if 'ExplicitTags' in request.get('PropagateTags', {}):
        request['PropagateTags'] = {**request['PropagateTags'], 'ExplicitTags': tag_map(request['PropagateTags']['ExplicitTags'])}
    return [('lambda', 'CreateCapacityProvider', request)]


def function(properties, name):
    request = {'FunctionName': name, **without(
        properties, 'FunctionScalingConfig', 'PublishToLatestPublished', 'ReservedConcurrentExecutions', 'RuntimeManagementConfig', 'RecursiveLoop')}
    function_name = request['FunctionName']
    if 'Tags' in request:
        request['Tags'] = tag_map(request['Tags'])
    if 'CapacityProviderConfig' in properties and properties.get('PublishToLatestPublished', True):
        request.update(Publish=True, PublishTo='LATEST_PUBLISHED')
    requests = [('lambda', 'CreateFunction', request)]
    if 'FunctionScalingConfig' in properties:
        requests.append(scaling(function_name, '$LATEST.PUBLISHED', properties))
    if 'ReservedConcurrentExecutions' in properties:
        requests.append(('lambda', 'PutFunctionConcurrency', {
            'FunctionName': function_name, 'ReservedConcurrentExecutions': properties['ReservedConcurrentExecutions']}))
    return requests


def version(properties, _name):
    requests = [('lambda', 'PublishVersion', without(properties, 'FunctionScalingConfig', 'ProvisionedConcurrencyConfig', 'RuntimePolicy'))]
    if 'FunctionScalingConfig' in properties:
        requests.append(scaling(properties['FunctionName'], '1', properties))
    return requests


def scaling(function_name, qualifier, properties):
    return ('lambda', 'PutFunctionScalingConfig', {
        'FunctionName': function_name, 'Qualifier': qualifier, 'FunctionScalingConfig': properties['FunctionScalingConfig']})


def alias(properties, name):
    request = without(properties, 'ProvisionedConcurrencyConfig')
    if 'RoutingConfig' in request:
        weights = request['RoutingConfig'].get('AdditionalVersionWeights', [])
        request['RoutingConfig'] = {'AdditionalVersionWeights': {weight['FunctionVersion']: weight['FunctionWeight'] for weight in weights}}
    return [('lambda', 'CreateAlias', request)]


def permission(properties, name):
    return [('lambda', 'AddPermission', {'StatementId': name[:100], **properties})]


def metric_filter(properties, name):
    request = {'filterName': name, **lower_camel(properties)}
    for transformation in request.get('metricTransformations', []):
        if 'dimensions' in transformation:
            transformation['dimensions'] = {dimension['key']: dimension['value'] for dimension in transformation['dimensions']}
    return [('logs', 'PutMetricFilter', request)]


def log_group(properties, name):
    name = properties.get('LogGroupName', name)
    request = {'logGroupName': name, **lower_camel(without(properties, 'LogGroupName', 'RetentionInDays', 'Tags'))}
    if 'Tags' in properties:
        request['tags'] = tag_map(properties['Tags'])
    requests = [('logs', 'CreateLogGroup', request)]
    if 'RetentionInDays' in properties:
        requests.append(('logs', 'PutRetentionPolicy', {'logGroupName': name, 'retentionInDays': properties['RetentionInDays']}))
    return requests


def role(properties, name):
    name = properties.get('RoleName', name[:64])
    request = without(properties, 'ManagedPolicyArns', 'Policies')
    request.update(RoleName=name, AssumeRolePolicyDocument=text_of(properties['AssumeRolePolicyDocument']))
    return [
        ('iam', 'CreateRole', request),
        *(('iam', 'AttachRolePolicy', {'RoleName': name, 'PolicyArn': arn}) for arn in properties.get('ManagedPolicyArns', [])),
        *(inline_policy(name, policy) for policy in properties.get('Policies', [])),
    ]


def policy(properties, _name):
    return [inline_policy(role_name, properties) for role_name in properties.get('Roles', [])]


def inline_policy(role_name, properties):
    return ('iam', 'PutRolePolicy', {
        'RoleName': role_name, 'PolicyName': properties['PolicyName'], 'PolicyDocument': text_of(properties['PolicyDocument'])})


def vpc(properties, _name):
    requests = [('ec2', 'CreateVpc', without(properties, 'EnableDnsHostnames', 'EnableDnsSupport', 'Tags'))]
    for attribute in ('EnableDnsHostnames', 'EnableDnsSupport'):
        if attribute in properties:
            requests.append(('ec2', 'ModifyVpcAttribute', {'VpcId': 'vpc-0', attribute: {'Value': properties[attribute]}}))
    return requests


def subnet(properties, _name):
    attributes = ('MapPublicIpOnLaunch', 'AssignIpv6AddressOnCreation')
    return [
        ('ec2', 'CreateSubnet', without(properties, 'Tags', *attributes)),
        *(('ec2', 'ModifySubnetAttribute', {'SubnetId': 'subnet-0', name: {'Value': properties[name]}}) for name in attributes if name in properties),
    ]


def security_group(properties, name):
    request = {'GroupName': name, 'Description': properties['GroupDescription'], **without(
        properties, 'GroupDescription', 'SecurityGroupIngress', 'SecurityGroupEgress', 'Tags')}
    return [
        ('ec2', 'CreateSecurityGroup', request),
        *(rule('Ingress', properties_of_rule) for properties_of_rule in properties.get('SecurityGroupIngress', [])),
        *(rule('Egress', properties_of_rule) for properties_of_rule in properties.get('SecurityGroupEgress', [])),
    ]


def rule(direction, properties):
    """Returns the request for a rule of a group, whether it is in the group or a resource of its own."""
    permission = {name: properties[name] for name in ('IpProtocol', 'FromPort', 'ToPort') if name in properties}
    description = {'Description': properties['Description']} if 'Description' in properties else {}
    peers = {
        'CidrIp': ('IpRanges', 'CidrIp'), 'CidrIpv6': ('Ipv6Ranges', 'CidrIpv6'),
        'SourceSecurityGroupId': ('UserIdGroupPairs', 'GroupId'), 'DestinationSecurityGroupId': ('UserIdGroupPairs', 'GroupId'),
        'SourcePrefixListId': ('PrefixListIds', 'PrefixListId'), 'DestinationPrefixListId': ('PrefixListIds', 'PrefixListId'),
    }
    for name, (members, member) in peers.items():
        if name in properties:
            permission[members] = [{member: properties[name], **description}]
    left = without(properties, 'IpProtocol', 'FromPort', 'ToPort', 'Description', 'GroupId', *peers)
    return ('ec2', f'AuthorizeSecurityGroup{direction}', {'GroupId': properties.get('GroupId', 'sg-0'), 'IpPermissions': [permission], **left})


def attachment(properties, _name):
    if 'InternetGatewayId' not in properties:
        return [('ec2', 'AttachVpnGateway', properties)]
    return [('ec2', 'AttachInternetGateway', properties)]


REQUESTS = {
    'AWS::Lambda::CapacityProvider': capacity_provider,
    'AWS::Lambda::Function': function,
    'AWS::Lambda::Version': version,
    'AWS::Lambda::Alias': alias,
    'AWS::Lambda::Permission': permission,
    'AWS::Lambda::EventInvokeConfig': one('lambda', 'PutFunctionEventInvokeConfig'),
    'AWS::Lambda::EventSourceMapping': one('lambda', 'CreateEventSourceMapping'),
    'AWS::CloudWatch::Alarm': one('cloudwatch', 'PutMetricAlarm', name='AlarmName'),
    'AWS::CloudWatch::CompositeAlarm': one('cloudwatch', 'PutCompositeAlarm', name='AlarmName'),
    'AWS::CloudWatch::AlarmMuteRule': one('cloudwatch', 'PutAlarmMuteRule', name='Name'),
    'AWS::CloudWatch::Dashboard': one('cloudwatch', 'PutDashboard', name='DashboardName'),
    'AWS::Logs::LogGroup': log_group,
    'AWS::Logs::MetricFilter': metric_filter,
    'AWS::IAM::Role': role,
    'AWS::IAM::Policy': policy,
    'AWS::EC2::VPC': vpc,
    'AWS::EC2::Subnet': subnet,
    'AWS::EC2::RouteTable': one('ec2', 'CreateRouteTable', 'Tags'),
    'AWS::EC2::SubnetRouteTableAssociation': one('ec2', 'AssociateRouteTable'),
    'AWS::EC2::Route': one('ec2', 'CreateRoute'),
    'AWS::EC2::InternetGateway': one('ec2', 'CreateInternetGateway', 'Tags'),
    'AWS::EC2::EgressOnlyInternetGateway': one('ec2', 'CreateEgressOnlyInternetGateway', 'Tags'),
    'AWS::EC2::VPCGatewayAttachment': attachment,
    'AWS::EC2::EIP': one('ec2', 'AllocateAddress', 'Tags'),
    'AWS::EC2::NatGateway': one('ec2', 'CreateNatGateway', 'Tags'),
    'AWS::EC2::VPCEndpoint': one('ec2', 'CreateVpcEndpoint', 'Tags', text=['PolicyDocument']),
    'AWS::EC2::VPCCidrBlock': one('ec2', 'AssociateVpcCidrBlock'),
    'AWS::EC2::SecurityGroup': security_group,
    'AWS::EC2::SecurityGroupIngress': lambda properties, _name: [rule('Ingress', properties)],
    'AWS::EC2::SecurityGroupEgress': lambda properties, _name: [rule('Egress', properties)],
    'AWS::Scheduler::Schedule': one('scheduler', 'CreateSchedule', name='Name'),
    'AWS::Scheduler::ScheduleGroup': one('scheduler', 'CreateScheduleGroup', name='Name'),
}
# The types of the services above that only CDK's NAT instances and single tests create. Only cfn-lint checks them, and other services.
LEFT_TO_CFN_LINT = {
    'AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate', 'AWS::EC2::NetworkInterface', 'AWS::EC2::VPNGateway',
    'AWS::EC2::VPNGatewayRoutePropagation', 'AWS::IAM::InstanceProfile', 'AWS::IAM::User', 'AWS::Logs::LogStream',
}
SERVICES = {type_name.split('::')[1] for type_name in REQUESTS}


def requests_of(type_name, properties, physical_name):
    """Returns the requests for one resource, or None if it is left to cfn-lint."""
    if type_name in REQUESTS:
        return REQUESTS[type_name](properties, physical_name)
    if type_name.split('::')[1] in SERVICES and type_name not in LEFT_TO_CFN_LINT:
        raise LookupError(f'No row says which API requests {type_name} becomes: add one to tools/proof/api_requests.py')
    return None
