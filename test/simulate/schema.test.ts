/** The JSON Schema: what it refuses and how that is told; and that it knows what the SDK and the behaviour parser know. */
import type * as sdk from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { parseBehaviour } from '../../src/model/behaviour.ts';
import schema from '../../src/simulate/scenario.schema.json' with { type: 'json' };
import { checkSchema, pathOf } from '../../src/simulate/schema.ts';
import type { Members } from '../model/definitions.ts';
import { refusal } from '../model/refusal.ts';
import { definition, instance, scenarioWith, service } from './scenarios.ts';

const check = (members: Members) => refusal(() => checkSchema(scenarioWith(members)));

describe('the schema', () => {
  it('takes a good scenario, and an empty one', () => {
    expect(check({})).toBeUndefined();
    expect(refusal(() => checkSchema({}))).toBeUndefined();
    expect(check({ $schema: 'https://example.com/scenario.schema.json' })).toBeUndefined();
  });

  it.each<[members: Members, path: string, code: string, says: string]>([
    [{ servces: [] }, 'servces', 'UNKNOWN_MEMBER', 'Did you mean services?'],
    [
      { services: [service({ desiredcount: 3 })] },
      'services[0].desiredcount',
      'UNKNOWN_MEMBER',
      'Did you mean desiredCount?',
    ],
    [
      { services: [service({ desiredCount: '3' })] },
      'services[0].desiredCount',
      'WRONG_TYPE',
      'a whole number, but was "3"',
    ],
    [
      { services: [service({ desiredCount: 1.5 })] },
      'services[0].desiredCount',
      'WRONG_TYPE',
      'a whole number, but was 1.5',
    ],
    [{ services: [{ taskDefinition: 'web' }] }, 'services[0].serviceName', 'MISSING', 'is missing'],
    [
      { services: [service({ launchType: 'FARGAT' })] },
      'services[0].launchType',
      'NOT_ALLOWED',
      'Did you mean FARGATE?',
    ],
    [{ services: {} }, 'services', 'WRONG_TYPE', 'a list, but was {}'],
    [{ seed: -1 }, 'seed', 'OUT_OF_RANGE', 'must be >= 0, but was -1'],
    [{ events: [{ call: 'RunTask', input: { taskDefinition: 'web' } }] }, 'events[0].at', 'MISSING', 'is missing'],
    [{ events: [{ at: 1, call: 'RunTak', input: {} }] }, 'events[0].call', 'NOT_ALLOWED', 'Did you mean RunTask?'],
    [{ events: [{ at: 1, call: 'RunTask' }] }, 'events[0].input', 'MISSING', 'is missing'],
    [
      { events: [{ at: 1, call: 'UpdateService', input: { service: 'web', desirdCount: 1 } }] },
      'events[0].input.desirdCount',
      'UNKNOWN_MEMBER',
      'Did you mean desiredCount?',
    ],
    [
      { events: [{ at: 1, fault: 'loseZone', availabiltyZone: 'a' }] },
      'events[0].availabiltyZone',
      'UNKNOWN_MEMBER',
      'Did you mean availabilityZone?',
    ],
    [
      { events: [{ at: 1, fault: 'killTask', input: { servce: 'a' } }] },
      'events[0].input.servce',
      'UNKNOWN_MEMBER',
      'Did you mean service?',
    ],
    [
      { behaviour: { 'web:1': { startSecond: 1 } } },
      'behaviour["web:1"].startSecond',
      'UNKNOWN_MEMBER',
      'Did you mean startSeconds?',
    ],
    [
      { taskDefinitions: [definition('web', { portMapings: [] })] },
      'taskDefinitions[0].containerDefinitions[0].portMapings',
      'UNKNOWN_MEMBER',
      'Did you mean portMappings?',
    ],
    [
      { containerInstances: [{ ...instance('a'), attributs: [] }] },
      'containerInstances[0].attributs',
      'UNKNOWN_MEMBER',
      'Did you mean attributes?',
    ],
    [{ targetGroups: [{ Nam: 'a' }] }, 'targetGroups[0].Nam', 'UNKNOWN_MEMBER', 'Did you mean Name?'],
  ])('refuses %j', (members, path, code, says) => {
    const found = check(members);
    expect(found).toMatchObject({ path, code, name: 'InvalidParameterException' });
    expect(found?.message).toContain(says);
  });

  it('is told by a path that people know from AWS', () => {
    expect(pathOf('/services/0/loadBalancers/1/containerPort')).toBe('services[0].loadBalancers[1].containerPort');
    expect(pathOf('/behaviour/web:1/containers/a~1b')).toBe('behaviour["web:1"].containers["a/b"]');
    expect(pathOf('')).toBe('');
  });

  it('refuses what is no object', () => {
    expect(refusal(() => checkSchema([]))).toMatchObject({ code: 'WRONG_TYPE', path: '' });
  });
});

const DEFS = schema.$defs as unknown as Readonly<Record<string, { properties?: Members }>>;
const membersOf = (name: string) => Object.keys(DEFS[name]?.properties ?? {});
/** Every member of a type, which the compiler checks to be complete. */
type All<T> = { readonly [K in keyof Required<T>]: true };

describe('the schema knows', () => {
  const createService: All<sdk.CreateServiceRequest> = {
    cluster: true,
    serviceName: true,
    taskDefinition: true,
    availabilityZoneRebalancing: true,
    loadBalancers: true,
    serviceRegistries: true,
    desiredCount: true,
    clientToken: true,
    launchType: true,
    capacityProviderStrategy: true,
    platformVersion: true,
    role: true,
    deploymentConfiguration: true,
    placementConstraints: true,
    placementStrategy: true,
    networkConfiguration: true,
    healthCheckGracePeriodSeconds: true,
    schedulingStrategy: true,
    deploymentController: true,
    tags: true,
    enableECSManagedTags: true,
    propagateTags: true,
    enableExecuteCommand: true,
    serviceConnectConfiguration: true,
    volumeConfigurations: true,
    vpcLatticeConfigurations: true,
    gatewayConnectors: true,
    monitoring: true,
  };
  const updateService: All<sdk.UpdateServiceRequest> = {
    cluster: true,
    service: true,
    desiredCount: true,
    taskDefinition: true,
    capacityProviderStrategy: true,
    deploymentConfiguration: true,
    availabilityZoneRebalancing: true,
    networkConfiguration: true,
    placementConstraints: true,
    placementStrategy: true,
    platformVersion: true,
    forceNewDeployment: true,
    healthCheckGracePeriodSeconds: true,
    deploymentController: true,
    enableExecuteCommand: true,
    enableECSManagedTags: true,
    loadBalancers: true,
    propagateTags: true,
    serviceRegistries: true,
    serviceConnectConfiguration: true,
    volumeConfigurations: true,
    vpcLatticeConfigurations: true,
    gatewayConnectors: true,
    monitoring: true,
  };

  it("every member of CreateService's and UpdateService's input, and no other", () => {
    expect(membersOf('CreateService').sort()).toEqual(Object.keys(createService).sort());
    expect(membersOf('UpdateService').sort()).toEqual(Object.keys(updateService).sort());
  });

  it('every member of a behaviour, and no other', () => {
    const of = (expected: readonly string[] | undefined) => [...(expected ?? [])].sort();
    let known: readonly string[] | undefined;
    try {
      parseBehaviour({ none: 1 }, 'b');
    } catch (error) {
      known = (error as { facts: { expected: readonly string[] } }).facts.expected;
    }
    expect(membersOf('behaviour').sort()).toEqual(of(known));
  });

  it('every name it refers to, and needs each of its definitions', () => {
    const refs = [...JSON.stringify(schema).matchAll(/"\$ref":"#\/\$defs\/([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(refs.length).toBeGreaterThan(20);
    expect(refs.filter((name) => DEFS[name] === undefined)).toEqual([]);
    expect(Object.keys(DEFS).filter((name) => !refs.includes(name))).toEqual([]);
  });
});
