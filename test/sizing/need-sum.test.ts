import { LiveVersion } from '../../src/sizing/fleet-demand';
import { HostPlan } from '../../src/sizing/fleet-need';
import { needOf, needOfEnvironments } from '../../src/sizing/need-sum';

const large = { name: 'm8g.large', vCpus: 2, memoryMiB: 8192 };
const xlarge = { name: 'm8g.xlarge', vCpus: 4, memoryMiB: 16384 };
const hosts = (count: number, type = large) => [{ type, count }];

test('adds up what is at rest, what a deployment adds, and a replacement', () => {
  const plan: HostPlan = {
    type: large,
    atRest: [...hosts(3), ...hosts(1, xlarge)],
    deployment: { functionName: 'Orders', functions: 1, added: hosts(2) },
    deploymentOfAll: { functionName: 'Orders', functions: 2, added: hosts(5) },
    replacement: hosts(1),
    maximum: hosts(20),
  };
  const [atRest, replacement] = [{ vCpus: 10, hosts: plan.atRest }, { vCpus: 2, hosts: hosts(1) }];

  expect(needOf(plan)).toEqual({
    atRest,
    toDeployOne: { atRest, deployment: { vCpus: 4, hosts: hosts(2), functionName: 'Orders', functions: 1 }, replacement, total: 16 },
    toDeployAll: { atRest, deployment: { vCpus: 10, hosts: hosts(5), functionName: 'Orders', functions: 2 }, replacement, total: 22 },
    maximum: { vCpus: 40, hosts: hosts(20) },
  });
  expect(needOf({ type: large, atRest: [], replacement: [] })).toMatchObject({
    toDeployOne: { total: 0, deployment: undefined }, maximum: undefined,
  });
});

describe('without a type that holds the fleet', () => {
  const version = (functionName: string, vCpus: number, minEnvironments = 1): LiveVersion => (
    { functionName, version: '1', vCpus, memoryMiB: 2048, minEnvironments }
  );

  test('counts the vCPUs of environments, of all versions of a function together', () => {
    const need = needOfEnvironments([version('Orders', 2, 3), version('Payments', 4), version('Payments', 4)]);

    expect(need.atRest).toEqual({ vCpus: 14, hosts: [] });
    expect(need.toDeployOne).toMatchObject({ deployment: { functionName: 'Payments', functions: 1, vCpus: 8, hosts: [] }, replacement: { vCpus: 0 }, total: 22 });
    expect(need.toDeployAll).toMatchObject({ deployment: { functionName: 'Payments', functions: 2, vCpus: 14 }, total: 28 });
    expect(need.maximum).toBeUndefined();
  });

  test('names the first of equal functions', () => {
    const named = (...names: string[]) => needOfEnvironments(names.map((name) => version(name, 2))).toDeployOne.deployment!.functionName;

    expect([named('A', 'B'), named('B', 'A')]).toEqual(['A', 'A']);
  });

  test('deploys nothing where nothing is kept', () => {
    expect(needOfEnvironments([version('Orders', 2, 0)]).toDeployOne).toMatchObject({ deployment: undefined, total: 0 });
    expect(needOfEnvironments([]).toDeployOne).toMatchObject({ deployment: undefined, total: 0 });
    expect(needOfEnvironments([]).toDeployAll).toMatchObject({ deployment: undefined, total: 0 });
  });
});
