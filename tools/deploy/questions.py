"""Checks with boto3 what is in the account. It runs after each step, because the success of the CLI proves little."""


class Account:
    def __init__(self, emulator):
        services = ('cloudformation', 'cloudwatch', 'ec2', 'iam', 'lambda', 'logs')
        self.clients = {service: emulator.client(service) for service in services}

    def stacks(self):
        return {stack['StackName']: stack['StackStatus'] for stack in self.clients['cloudformation'].describe_stacks()['Stacks']}

    def providers(self):
        aws = self.clients['lambda']
        names = [provider['CapacityProviderArn'].split(':')[-1] for provider in aws.list_capacity_providers()['CapacityProviders']]
        return {name: aws.get_capacity_provider(CapacityProviderName=name)['CapacityProvider'] for name in names}

    def versions_on(self, provider):
        found = self.clients['lambda'].list_function_versions_by_capacity_provider(CapacityProviderName=provider)
        return sorted(version['FunctionArn'].split(':function:')[1] for version in found['FunctionVersions'])

    def functions(self):
        aws = self.clients['lambda']
        names = [function['FunctionName'] for function in aws.list_functions()['Functions']]
        return {name: aws.get_function_configuration(FunctionName=name) for name in names}

    def vpcs(self):
        return [vpc['VpcId'] for vpc in self.clients['ec2'].describe_vpcs()['Vpcs'] if not vpc['IsDefault']]

    def routes_out(self, subnet):
        """Returns the target of a subnet's default route."""
        tables = self.clients['ec2'].describe_route_tables(Filters=[{'Name': 'association.subnet-id', 'Values': [subnet]}])['RouteTables']
        return [route for table in tables for route in table['Routes'] if route.get('DestinationCidrBlock') == '0.0.0.0/0']

    def log_groups(self):
        return {group['logGroupName']: group.get('retentionInDays') for group in self.clients['logs'].describe_log_groups()['logGroups']}

    def alarms(self):
        found = self.clients['cloudwatch'].describe_alarms(AlarmTypes=['MetricAlarm', 'CompositeAlarm'])
        return len(found['MetricAlarms']) + len(found['CompositeAlarms'])

    def dashboards(self):
        return [entry['DashboardName'] for entry in self.clients['cloudwatch'].list_dashboards()['DashboardEntries']]

    def left_over(self):
        """Returns the remaining resources that cost money, by kind."""
        left = {'VPCs': self.vpcs(), 'functions': list(self.functions()), 'capacity providers': list(self.providers()), 'alarms': self.alarms()}
        return {kind: found for kind, found in left.items() if found}
