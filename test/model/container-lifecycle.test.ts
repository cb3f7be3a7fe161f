/** The order and the watching of containers: ranges, names, conditions and cycles, refused at registration. */
import { describe, expect, it } from 'vitest';
import { parseTaskDefinition } from '../../src/model/task-definition.ts';
import { containerWith, definitionWith, fargateWith, type Members } from './definitions.ts';
import { refusal } from './refusal.ts';

const parse = (container: Members) => parseTaskDefinition(definitionWith({}, container));
const parseAll = (...containers: Members[]) =>
  parseTaskDefinition({ family: 'web', containerDefinitions: containers.map(containerWith) });
const command = ['CMD-SHELL', 'curl -f http://localhost/ || exit 1'];
const check = (members: Members) => ({ healthCheck: { command, ...members } });
const restart = (members: Members) => ({ restartPolicy: { enabled: true, ...members } });
const on = (containerName: unknown, condition: unknown) => ({ dependsOn: [{ containerName, condition }] });
const init = { name: 'init', essential: false };

describe('members at their bounds', () => {
  it.each([
    check({}),
    check({ interval: 5, timeout: 2, retries: 1, startPeriod: 0 }),
    check({ interval: 300, timeout: 60, retries: 10, startPeriod: 300 }),
    { healthCheck: { command: ['CMD', '/bin/check'] } },
    restart({}),
    restart({ enabled: false, restartAttemptPeriod: 60, ignoredExitCodes: Array.from({ length: 50 }, (_, k) => k) }),
    restart({ restartAttemptPeriod: 1800 }),
    { startTimeout: 0, stopTimeout: 0 },
    { startTimeout: 1000, stopTimeout: 1000 },
    { healthCheck: null, restartPolicy: null, dependsOn: null, startTimeout: null, stopTimeout: null },
  ])('are taken as they are: %j', (members) => {
    const given = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
    expect(parse(members).containerDefinitions?.[0]).toEqual(containerWith(given));
  });

  it.each([
    ['healthCheck.interval', check({ interval: 4 })],
    ['healthCheck.interval', check({ interval: 301 })],
    ['healthCheck.interval', check({ interval: 5.5 })],
    ['healthCheck.timeout', check({ timeout: 1 })],
    ['healthCheck.timeout', check({ timeout: 61 })],
    ['healthCheck.retries', check({ retries: 0 })],
    ['healthCheck.retries', check({ retries: 11 })],
    ['healthCheck.startPeriod', check({ startPeriod: -1 })],
    ['healthCheck.startPeriod', check({ startPeriod: 301 })],
    ['healthCheck.startPeriod', check({ startPeriod: '10' })],
    ['healthCheck.command', { healthCheck: {} }],
    ['healthCheck.command', { healthCheck: { command: 'curl' } }],
    ['healthCheck.command', { healthCheck: { command: [] } }],
    ['healthCheck.command', { healthCheck: { command: ['curl -f http://localhost/'] } }],
    ['healthCheck.command[1]', { healthCheck: { command: ['CMD', 5] } }],
    ['healthCheck', { healthCheck: 'CMD' }],
    ['restartPolicy', { restartPolicy: true }],
    ['restartPolicy.enabled', { restartPolicy: {} }],
    ['restartPolicy.enabled', { restartPolicy: { enabled: 'yes' } }],
    ['restartPolicy.restartAttemptPeriod', restart({ restartAttemptPeriod: 59 })],
    ['restartPolicy.restartAttemptPeriod', restart({ restartAttemptPeriod: 1801 })],
    ['restartPolicy.ignoredExitCodes', restart({ ignoredExitCodes: Array.from({ length: 51 }, () => 1) })],
    ['restartPolicy.ignoredExitCodes', restart({ ignoredExitCodes: 1 })],
    ['restartPolicy.ignoredExitCodes[1]', restart({ ignoredExitCodes: [1, -1] })],
    ['startTimeout', { startTimeout: -1 }],
    ['startTimeout', { startTimeout: '30' }],
    ['stopTimeout', { stopTimeout: 0.5 }],
    ['dependsOn', { dependsOn: {} }],
    ['dependsOn[0]', { dependsOn: ['init'] }],
    ['dependsOn[0].containerName', on(undefined, 'START')],
    ['dependsOn[0].condition', on('app', undefined)],
    ['dependsOn[0].condition', on('app', 'start')],
  ])('outside of them are refused with their path: %s of %j', (path, members) => {
    const refused = refusal(() => parse(members));
    expect(refused?.path).toBe(`containerDefinitions[0].${path}`);
    expect(['InvalidParameterException', 'ClientException']).toContain(refused?.name);
  });
});

describe('timeouts on Fargate', () => {
  const fargate = (container: Members) => refusal(() => parseTaskDefinition(fargateWith({}, container)));

  it.each(['startTimeout', 'stopTimeout'])('%s is 2 to 120 seconds', (member) => {
    expect(fargate({ [member]: 2 })).toBeUndefined();
    expect(fargate({ [member]: 120 })).toBeUndefined();
    for (const seconds of [0, 1, 121])
      expect(fargate({ [member]: seconds })?.path).toBe(`containerDefinitions[0].${member}`);
  });
});

describe('dependencies', () => {
  it.each([
    ['START', [{ name: 'app' }, { name: 'b', ...on('app', 'START') }]],
    ['COMPLETE', [{ ...on('init', 'COMPLETE') }, init]],
    ['SUCCESS', [{ ...on('init', 'SUCCESS') }, init]],
    ['HEALTHY', [{ ...check({}) }, { name: 'b', ...on('app', 'HEALTHY') }]],
    ['several', [{ dependsOn: [...on('init', 'SUCCESS').dependsOn, ...on('init', 'START').dependsOn] }, init]],
  ])('may be on %s', (_, containers: Members[]) => {
    expect(parseAll(...containers).containerDefinitions).toHaveLength(2);
  });

  it('may meet again without being a cycle', () => {
    const both = [...on('a', 'START').dependsOn, ...on('b', 'START').dependsOn];
    const top = { name: 'top', dependsOn: both };
    expect(
      parseAll(top, { name: 'a', ...on('base', 'START') }, { name: 'b', ...on('base', 'START') }, { name: 'base' }),
    ).toBeDefined();
  });

  it('need a container of the name', () => {
    expect(refusal(() => parseAll({}, { name: 'b', ...on('sidecar', 'START') }))).toEqual({
      name: 'ClientException',
      code: 'UNKNOWN_DEPENDENCY',
      path: 'containerDefinitions[1].dependsOn[0].containerName',
      message: "Cannot depend on container + 'sidecar' because it does not exist",
    });
  });

  it.each(['SUCCESS', 'COMPLETE'])('cannot wait for the %s of an essential container', (condition) => {
    for (const essential of [true, undefined]) {
      expect(refusal(() => parseAll({ ...on('b', condition) }, { name: 'b', essential }))).toEqual({
        name: 'ClientException',
        code: 'ESSENTIAL_DEPENDENCY',
        path: 'containerDefinitions[0].dependsOn[0].containerName',
        message: 'A dependency container with SUCCESS or COMPLETE condition cannot be an essential container',
      });
    }
  });

  it('cannot wait for the health of a container without a check', () => {
    expect(refusal(() => parseAll({ ...on('init', 'HEALTHY') }, init))).toMatchObject({
      name: 'ClientException',
      code: 'DEPENDENCY_HEALTH',
      path: 'containerDefinitions[0].dependsOn[0].containerName',
    });
  });

  it.each([
    ['app -> app', 0, [{ ...on('app', 'START') }]],
    ['app -> b -> app', 0, [{ ...on('b', 'START') }, { name: 'b', ...on('app', 'START') }]],
    [
      'b -> c -> b',
      1,
      [{ ...on('b', 'START') }, { name: 'b', ...on('c', 'START') }, { name: 'c', ...on('b', 'START') }],
    ],
  ])('have no cycle %s', (cycle, first, containers: Members[]) => {
    expect(refusal(() => parseAll(...containers))).toEqual({
      name: 'ClientException',
      code: 'DEPENDENCY_CYCLE',
      path: `containerDefinitions[${first}].dependsOn`,
      message: `containerDefinitions[${first}].dependsOn: container dependencies must not have a cycle, but there is ${cycle}.`,
    });
  });
});
