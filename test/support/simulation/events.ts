/** Arbitraries of what happens in a scenario: every call and every fault, most of them at something that is there. */
import fc from 'fast-check';
import { among, chance, sometimes, ZONES } from '../arbitraries/names.ts';
import { ALARMS, CLUSTERS, instance, instanceIds, named } from './harbour.ts';
import {
  capacityOnFargate,
  capacityOnInstances,
  configuration,
  FAMILIES,
  placementConstraints,
  placementStrategy,
  SERVICES,
} from './services.ts';

type Json = Record<string, unknown>;

const service = among(SERVICES);
const revision = fc.tuple(among(FAMILIES), among([':1', ':2', ':3', ''])).map(([name, of]) => `${name}${of}`);
const task = fc.tuple(service, fc.nat(4)).map(([name, k]) => `${name}[${k}]`);
const containerInstance = among(instanceIds);
const flag = fc.boolean();

function call(name: string, input: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return input.map((given) => ({ call: name, input: given }));
}

function fault(name: string, input: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return input.map((given) => ({ fault: name, ...given }));
}

function present(json: Json): Json {
  return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined));
}

/** A change of one or a few members of a service. */
const update = fc
  .record({
    service,
    taskDefinition: sometimes(4, revision),
    desiredCount: sometimes(3, among([0, 1, 2, 5, 9])),
    forceNewDeployment: sometimes(2, fc.constant(true)),
    deploymentConfiguration: sometimes(2, configuration(false)),
    placementStrategy: sometimes(1, placementStrategy),
    placementConstraints: sometimes(1, placementConstraints),
    capacityProviderStrategy: sometimes(1, fc.oneof(capacityOnFargate, capacityOnInstances, fc.constant([]))),
    healthCheckGracePeriodSeconds: sometimes(1, among([0, 60])),
    availabilityZoneRebalancing: sometimes(1, among(['ENABLED', 'DISABLED'])),
    loadBalancers: sometimes(1, fc.constant([])),
  })
  .map(present);

const creation = fc
  .record({
    serviceName: among([...SERVICES, 's9']),
    taskDefinition: revision,
    desiredCount: among([0, 1, 3]),
    deploymentConfiguration: sometimes(3, configuration(false)),
  })
  .map(present);

const run = fc
  .record({
    taskDefinition: revision,
    count: among([1, 2, 5]),
    launchType: sometimes(2, among(['EC2', 'FARGATE'])),
    capacityProviderStrategy: sometimes(1, fc.oneof(capacityOnFargate, capacityOnInstances)),
    networkConfiguration: sometimes(3, fc.constant({ awsvpcConfiguration: { subnets: ['subnet-a', 'subnet-b'] } })),
    startedBy: sometimes(2, fc.constant('someone')),
  })
  .map(present);

const start = fc
  .record({
    taskDefinition: revision,
    containerInstances: fc.array(containerInstance, { minLength: 1, maxLength: 3 }),
    networkConfiguration: sometimes(2, fc.constant({ awsvpcConfiguration: { subnets: ['subnet-a'] } })),
  })
  .map(present);

const protection = fc
  .record({
    tasks: fc.array(task, { minLength: 1, maxLength: 3 }),
    protectionEnabled: flag,
    expiresInMinutes: sometimes(6, among([1, 5, 30])),
  })
  .map(present);

const status = fc.record({
  containerInstances: fc.array(containerInstance, { minLength: 1, maxLength: 4 }),
  status: among(['DRAINING', 'DRAINING', 'ACTIVE']),
});

const registration = fc
  .tuple(instance, containerInstance, among(CLUSTERS))
  .map(([{ json }, id, cluster]) => named(json, cluster, id));

const attributes = fc
  .tuple(containerInstance, among(['blue', 'green']))
  .map(([targetId, value]) => ({ attributes: [{ name: 'stack', value, targetId, targetType: 'container-instance' }] }));

const CALLS: readonly (readonly [weight: number, event: fc.Arbitrary<Json>])[] = [
  [8, call('UpdateService', update)],
  [1, call('DeleteService', fc.record({ service, force: flag }))],
  [1, call('CreateService', creation)],
  [2, call('RunTask', run)],
  [1, call('StartTask', start)],
  [3, call('StopTask', fc.record({ task }))],
  [3, call('UpdateTaskProtection', protection)],
  [4, call('UpdateContainerInstancesState', status)],
  [1, call('DeregisterContainerInstance', fc.record({ containerInstance, force: flag }))],
  [2, call('RegisterContainerInstance', registration)],
  [1, call('PutAttributes', attributes)],
  [
    1,
    call(
      'DeleteAttributes',
      containerInstance.map((targetId) => ({ attributes: [{ name: 'stack', targetId }] })),
    ),
  ],
  [2, call('SetAlarmState', fc.record({ AlarmName: among(ALARMS), StateValue: among(['ALARM', 'OK']) }))],
  [
    2,
    call(
      'StopServiceDeployment',
      fc.record({ serviceDeploymentArn: service, stopType: sometimes(5, among(['ABORT', 'ROLLBACK'])) }).map(present),
    ),
  ],
  [
    2,
    call(
      'ContinueServiceDeployment',
      service.map((serviceDeploymentArn) => ({ serviceDeploymentArn })),
    ),
  ],
];

const FAULTS: readonly (readonly [weight: number, event: fc.Arbitrary<Json>])[] = [
  [2, fault('terminateInstance', fc.record({ containerInstance }))],
  [2, fault('stopInstance', fc.record({ containerInstance }))],
  [2, fault('startInstance', fc.record({ containerInstance }))],
  [2, fault('loseAgent', fc.record({ containerInstance }))],
  [2, fault('restoreAgent', fc.record({ containerInstance }))],
  [
    2,
    fault(
      'spotInterruption',
      fc
        .record({ containerInstance, noticeSeconds: sometimes(4, among([0, 30])), draining: sometimes(4, flag) })
        .map(present),
    ),
  ],
  [1, fault('spotInterruption', fc.record({ task }))],
  [3, fault('killTask', fc.record({ task }))],
  [1, fault('throttleRunTask', fc.record({ seconds: among([5, 90, 600]) }))],
  [1, fault('loseZone', fc.record({ availabilityZone: among(ZONES) }))],
  [1, fault('restoreZone', fc.record({ availabilityZone: among(ZONES) }))],
];

/** Whole seconds for the most part, close together now and then, so that lives are cut at all their moments. */
const at = fc.oneof(
  fc.nat(120),
  fc.nat(1500),
  fc.nat(150_000).map((ms) => ms / 1000),
);

export const event = fc
  .tuple(
    at,
    fc.oneof(...[...CALLS, ...FAULTS].map(([weight, arbitrary]) => ({ weight, arbitrary }))),
    sometimes(2, among(CLUSTERS)),
    chance(8),
  )
  .map(([seconds, json, cluster]) => ({
    at: seconds,
    ...json,
    ...(cluster === undefined || json.call === 'RegisterContainerInstance' ? {} : { cluster }),
  }));
