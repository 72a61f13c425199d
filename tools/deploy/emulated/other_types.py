"""Types that moto's CloudFormation lacks, besides those of Lambda."""
import os
import re

import boto3
from emulated.stand_in import StandIn, stand_in
from moto.cloudformation.exceptions import ValidationError
from moto.cloudwatch.models import cloudwatch_backends
from moto.ec2.models import ec2_backends

# Types that are only created, deleted and checked against the registry's schema.
OTHERS = (
    'AWS::ApiGateway::Stage', 'AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Integration', 'AWS::ApiGatewayV2::Route', 'AWS::ApiGatewayV2::Stage',
    'AWS::CloudWatch::AlarmMuteRule', 'AWS::CodeDeploy::Application', 'AWS::CodeDeploy::DeploymentGroup', 'AWS::DynamoDB::GlobalTable',
    'AWS::EC2::FlowLog', 'AWS::EC2::SecurityGroupEgress', 'AWS::EC2::VPCCidrBlock', 'AWS::Lambda::EventInvokeConfig', 'AWS::Logs::LogStream',
    'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::Scheduler::Schedule',
    'AWS::Scheduler::ScheduleGroup',
)
WHOLE_NUMBERS = ('EvaluationPeriods', 'DatapointsToAlarm', 'Period')


class ThroughApi(StandIn):
    """Sends the requests for the properties like any client: botocore checks them, and moto's API accepts them."""

    def create(self):
        for service, operation, request in self.requests:
            getattr(client(service, self.region), re.sub(r'(?<!^)(?=[A-Z])', '_', operation).lower())(**typed(request))

    def update(self, _changed):
        self.create()


class Alarm(ThroughApi):
    TYPE = 'AWS::CloudWatch::Alarm'

    def attribute(self, _name):
        return f'arn:aws:cloudwatch:{self.region}:{self.account}:alarm:{self.name}'

    def remove(self):
        client('cloudwatch', self.region).delete_alarms(AlarmNames=[self.name])


class CompositeAlarm(Alarm):
    """A type that moto's API lacks. moto's store has a place for the rule."""

    TYPE = 'AWS::CloudWatch::CompositeAlarm'

    def create(self):
        backend = cloudwatch_backends[self.account][self.region]
        for name in re.findall(r'(?:ALARM|OK|INSUFFICIENT_DATA)\("?([^")]+)"?\)', self.properties['AlarmRule']):
            if name.split(':alarm:')[-1] not in backend.alarms:
                raise ValidationError(self.logical_id, f'the rule names an alarm that does not exist: {name}')
        backend.put_metric_alarm(
            name=self.name, namespace='', metric_name='', comparison_operator='', evaluation_periods=1, period=0, threshold=0, statistic='',
            description=self.properties.get('AlarmDescription', ''), dimensions=[], alarm_actions=self.properties.get('AlarmActions', []),
            actions_enabled=True, rule=self.properties['AlarmRule'])


class MetricFilter(ThroughApi):
    TYPE = 'AWS::Logs::MetricFilter'

    def remove(self):
        client('logs', self.region).delete_metric_filter(filterName=self.name, logGroupName=self.properties['LogGroupName'])


class EgressOnlyInternetGateway(StandIn):
    TYPE = 'AWS::EC2::EgressOnlyInternetGateway'

    def create(self):
        self.ref = ec2_backends[self.account][self.region].create_egress_only_internet_gateway(self.properties['VpcId']).id


class Secret(StandIn):
    TYPE = 'AWS::SecretsManager::Secret'

    def create(self):
        self.ref = f'arn:aws:secretsmanager:{self.region}:{self.account}:secret:{self.name}-abcdef'


class SecretTargetAttachment(StandIn):
    TYPE = 'AWS::SecretsManager::SecretTargetAttachment'

    def create(self):
        self.ref = self.properties['SecretId']


def client(service, region):
    return boto3.client(service, region_name=region, endpoint_url=os.environ['AWS_ENDPOINT_URL'],
                        aws_access_key_id='testing', aws_secret_access_key='testing')


def typed(request):
    """Converts numbers to a client's form, because a template may have them as text."""
    request = {name: int(value) if name in WHOLE_NUMBERS else value for name, value in request.items()}
    return {**request, **({'Threshold': float(request['Threshold'])} if 'Threshold' in request else {})}


def types():
    return [Alarm, CompositeAlarm, MetricFilter, EgressOnlyInternetGateway, Secret, SecretTargetAttachment, *map(stand_in, OTHERS)]
