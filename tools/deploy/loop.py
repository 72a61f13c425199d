"""Deploys with the real CDK CLI to an emulated AWS on the loopback interface, and checks the result with boto3 after each step: `python loop.py <folder of broken apps> [folder of templates]`."""
import copy
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from glob import glob

from emulator import ACCOUNT, REGION, Emulator
from questions import Account
from twins import TWINS, Twin

APP = ['--app', 'node_modules/.bin/ts-node --project tsconfig.dev.json tools/deploy/app.ts']
# The apps that users copy, deploy or have deployed. The test of a rule may create templates that can't run.
DEPLOYABLE = r'examples/|test/(examples|integ|contract|default-fleet)'
# Literal ids and buckets, which a test takes as given, and templates within templates.
NOT_OURS = r'"(vpc|subnet|sg|rtb|p|s|eni|i|tgw)-[0-9a-z]+"|"arn"|assets-(?!123456789012-us-east-1|\$)|AWS::CloudFormation::Stack"|"Resources": \{\}'
BUCKET = f'cdk-hnb659fds-assets-{ACCOUNT}-{REGION}'


def check(holds, what, found=''):
    if not holds:
        raise AssertionError(f'{what}: {found}')


def main(broken, templates=None):
    with Emulator() as emulator:
        try:
            everything(emulator, Account(emulator), broken, templates)
        except BaseException:
            print(f'\nWhat the server did last:\n{emulator.output()[-6000:]}', file=sys.stderr)
            raise


def everything(emulator, account, broken, templates):
    step('bootstrap', bootstrap, emulator, account)
    step('broken twins', refuse_twins, emulator, account)
    step('broken source', refuse_broken_source, emulator, account, broken)
    step('a fleet over its life', life_of_a_fleet, emulator, account)
    for folder in sorted(map(os.path.dirname, glob('examples/*/cdk.json'))):
        step(f'deploy, diff and destroy {folder}', life_of_an_example, emulator, account, folder)
    if templates:
        step('templates of examples and contracts', create_and_delete, emulator, account, templates)


def read(path):
    with open(path, encoding='utf-8') as file:
        return json.load(file)


def step(name, work, emulator, *arguments):
    begin = time.monotonic()
    print(f'{name} …', flush=True)
    result = work(emulator, *arguments)
    check(not emulator.traceback(), f'the server failed in: {name}', emulator.traceback())
    print(f'  {result}, {time.monotonic() - begin:.0f} s', flush=True)


def bootstrap(emulator, account):
    emulator.cdk('bootstrap', f'aws://{ACCOUNT}/{REGION}')
    check(account.stacks() == {'CDKToolkit': 'CREATE_COMPLETE'}, 'the bootstrap stack', account.stacks())
    return 'CDKToolkit is there'


def life_of_a_fleet(emulator, account):
    """Creates a stack, deploys it unchanged, changes it in place, changes it with a replacement, and deletes it."""
    def deploy(**env):
        emulator.cdk('deploy', *APP, '--require-approval', 'never', '--output', output.name, **env)
        (name, provider), = account.providers().items()
        return name, provider

    with tempfile.TemporaryDirectory() as folder:
        output = tempfile.TemporaryDirectory(dir=folder)
        first = {'GRAVITON': 'false', 'MAX_VCPU_COUNT': '64'}
        name, provider = deploy(**first)
        check(provider['CapacityProviderScalingConfig']['MaxVCpuCount'] == 64, 'the ceiling', provider)
        check(len(provider['VpcConfig']['SubnetIds']) == 2, 'a subnet in each zone', provider)
        for subnet in provider['VpcConfig']['SubnetIds']:
            check([route for route in account.routes_out(subnet) if 'NatGatewayId' in route], 'a route through a NAT gateway', subnet)
        (function, configuration), = account.functions().items()
        on = configuration['CapacityProviderConfig']['LambdaManagedInstancesCapacityProviderConfig']['CapacityProviderArn']
        check(on == provider['CapacityProviderArn'], 'the function is on the provider', configuration)
        check(account.versions_on(name) == [f'{function}:$LATEST.PUBLISHED'], 'what runs', account.versions_on(name))
        check(len(account.dashboards()) == 1 and account.alarms() > 0, 'dashboard and alarms', account.dashboards())
        logs = account.log_groups()
        check(90 in logs.values(), 'system logs are kept for three months', logs)

        emulator.cdk('diff', *APP, '--fail', '--output', output.name, **first)

        same, provider = deploy(**{**first, 'MAX_VCPU_COUNT': '128'})
        check(same == name and provider['CapacityProviderScalingConfig']['MaxVCpuCount'] == 128, 'a larger ceiling stays in place', provider)

        other, provider = deploy(GRAVITON='true', MAX_VCPU_COUNT='128')
        check(other != name and provider['InstanceRequirements']['Architectures'] == ['arm64'], 'another architecture replaces', provider)
        check(account.versions_on(other) == [f'{function}:$LATEST.PUBLISHED'], 'the function followed', account.versions_on(other))

        emulator.cdk('destroy', *APP, '--force', '--output', output.name, GRAVITON='true', MAX_VCPU_COUNT='128')
    check(not account.left_over(), 'what is left', account.left_over())
    kept = [group for group, days in account.log_groups().items() if group.startswith('Changing-') and days == 90]
    check(len(kept) == 1, 'the log group stays', account.log_groups())
    return 'created, unchanged, changed in place, replaced, destroyed; the log group stayed'


def life_of_an_example(emulator, account, folder):
    with tempfile.TemporaryDirectory() as output:
        emulator.cdk('synth', '--quiet', '--output', output, cwd=folder)
        if any(re.search(NOT_OURS, json.dumps(read(path))) for path in glob(f'{output}/*.template.json')):
            return 'left out, since it names what others made'
        app = ['--all', '--app', output]
        # The emulator's change sets lose the exports of a stack.
        emulator.cdk('deploy', *app, '--require-approval', 'never', '--method', 'direct')
        stacks = [stack for stack in account.stacks() if stack != 'CDKToolkit']
        made = sorted(os.path.basename(path)[:-len('.template.json')] for path in glob(f'{output}/*.template.json'))
        check(stacks and len(stacks) == len([name for name in made if '.nested' not in name]), 'stacks', (stacks, made))
        providers = account.providers()
        functions = [version for name in providers for version in account.versions_on(name)]
        emulator.cdk('diff', *app, '--fail')
        emulator.cdk('destroy', *app, '--force')
    check([*account.stacks()] == ['CDKToolkit'], 'stacks that stay', account.stacks())
    check(not account.left_over(), 'what is left', account.left_over())
    return f'{len(stacks)} stacks, {len(providers)} providers, {len(functions)} versions'


class Stacks:
    """Stacks from templates that are passed to CloudFormation without the CLI."""

    def __init__(self, emulator, account):
        self.url, self.cloudformation, self.s3 = emulator.url, account.clients['cloudformation'], emulator.client('s3')

    def create(self, name, template):
        key = f'{name}.json'
        self.s3.put_object(Bucket=BUCKET, Key=key, Body=json.dumps(template).encode())
        self.cloudformation.create_stack(StackName=name, TemplateURL=f'{self.url.replace("127.0.0.1", "localhost")}/{BUCKET}/{key}')

    def delete(self, name):
        self.cloudformation.delete_stack(StackName=name)


def template_of_the_fleet():
    with tempfile.TemporaryDirectory() as output:
        env = {**os.environ, 'CDK_OUTDIR': output, 'GRAVITON': 'false', 'MAX_VCPU_COUNT': '64'}
        subprocess.run(APP[1].split(), env=env, check=True, capture_output=True)
        return read(f'{output}/Changing.template.json')


def refuse_twins(emulator, account):
    """Checks that each twin of an accepted template is refused for its one fault."""
    stacks, template = Stacks(emulator, account), template_of_the_fleet()
    stacks.create('Good', template)
    stacks.delete('Good')
    check(not account.left_over(), 'what is left of the good one', account.left_over())
    check(len(TWINS) >= 20, 'twins', len(TWINS))
    for name, breaks, reason in TWINS:
        twin = Twin(copy.deepcopy(template))
        breaks(twin)
        check(twin.template != template, 'a twin without a fault', name)
        refuse(stacks, account, name, twin.template, reason)
    return f'{len(TWINS)} refused'


def refuse_broken_source(emulator, account, folder):
    """Checks that the templates of an app are refused if a line of the library is broken."""
    stacks, apps = Stacks(emulator, account), sorted(glob(f'{folder}/*'))
    check(apps, 'nothing broken', folder)
    for app in apps:
        template, = (read(path) for path in glob(f'{app}/*.template.json'))
        with open(f'{app}/refused-by.txt', encoding='utf-8') as reason:
            refuse(stacks, account, os.path.basename(app), template, reason.read().strip())
    return f'{len(apps)} refused'


def refuse(stacks, account, name, template, reason):
    try:
        stacks.create('Twin', template)
    except Exception as refusal:  # of whichever kind: the text says whether it is the right one
        check(re.search(reason, str(refusal)), f'{name} is refused for another reason', str(refusal)[:500])
    else:
        raise AssertionError(f'{name} was accepted')
    finally:
        clean_up(stacks, account, ['Twin'])


def create_and_delete(emulator, account, folder):
    stacks, count, left_out, problems = Stacks(emulator, account), 0, 0, []
    for app in sorted(glob(f'{folder}/*')):
        if not re.match(DEPLOYABLE, made_by(app)):
            continue
        templates = {os.path.basename(path).split('.')[0]: with_zones(read(path)) for path in glob(f'{app}/*.template.json')}
        if any(re.search(NOT_OURS, json.dumps(template)) for template in templates.values()):
            left_out += 1
            continue
        made = []
        try:
            for name in exporters_first(templates):
                made.append(name)
                stacks.create(name, templates[name])
                count += 1
        except Exception as refusal:  # all are tried, then all that was refused is said
            problems.append(f'{made_by(app)}: {refusal}'[:400])
        clean_up(stacks, account, made[::-1])
    check(not problems, f'{len(problems)} apps refused', '\n'.join(problems))
    return f'{count} templates created and deleted; {left_out} apps left out, which name what others made'


def with_zones(template):
    """Replaces CDK's placeholders for zones, because tests don't look zones up."""
    return json.loads(json.dumps(template).replace('"dummy1', f'"{REGION}'))


def made_by(app):
    with open(os.path.join(app, 'made-by.txt'), encoding='utf-8') as file:
        return file.readline().strip()


def exporters_first(templates):
    """Returns the stacks, each after those whose exports it imports."""
    exported = {name: {json.dumps(output['Export']['Name']) for output in template.get('Outputs', {}).values() if 'Export' in output}
                for name, template in templates.items()}
    order = []

    def visit(name):
        text = json.dumps(templates[name])
        for other, exports in exported.items():
            if other not in order and other != name and any(f'{{"Fn::ImportValue": {export}}}' in text for export in exports):
                visit(other)
        if name not in order:
            order.append(name)

    for name in sorted(templates):
        visit(name)
    return order


def clean_up(stacks, account, names):
    for name in names:
        stacks.delete(name)
    check(not account.left_over(), f'what is left of {names}', account.left_over())


if __name__ == '__main__':
    main(*sys.argv[1:])
