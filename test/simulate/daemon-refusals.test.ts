/** ECS Managed Daemons that are refused: before the run, or as calls of it, with AWS's names. */
import { describe, expect, it } from 'vitest';
import { BayplanError } from '../../src/errors.ts';
import { parseScenario } from '../../src/simulate/scenario.ts';
import type { Members } from '../model/definitions.ts';
import { AGENT, CREATE, playDaemon } from '../support/simulation/daemon-scenario.ts';
import { managedScenario } from '../support/simulation/managed-scenario.ts';

function refusal(more: Members): BayplanError {
  try {
    parseScenario(managedScenario({ more: { daemonTaskDefinitions: [AGENT], daemons: [CREATE], ...more } }));
  } catch (error) {
    if (error instanceof BayplanError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const container = (more: Members): Members => ({
  daemonTaskDefinitions: [{ family: 'agent', containerDefinitions: [{ name: 'a', image: 'a', memory: 64, ...more }] }],
});
const definition = (more: Members): Members => ({ daemonTaskDefinitions: [{ ...AGENT, ...more }] });
const daemon = (more: Members): Members => ({ daemons: [{ ...CREATE, ...more }] });
const FIRST = 'daemonTaskDefinitions[0]';

describe('a scenario is refused for', () => {
  it.each<[string, Members, string, string]>([
    [
      'ports of a daemon',
      container({ portMappings: [] }),
      `${FIRST}.containerDefinitions[0].portMappings`,
      'UNKNOWN_MEMBER',
    ],
    ['a negative amount', container({ memory: -1 }), `${FIRST}.containerDefinitions[0].memory`, 'OUT_OF_RANGE'],
    ['no container', definition({ containerDefinitions: [] }), `${FIRST}.containerDefinitions`, 'CONTAINER_COUNT'],
    ['a family with a slash', definition({ family: 'a/b' }), `${FIRST}.family`, 'FAMILY'],
    [
      'a volume of two kinds',
      definition({ volumes: [{ name: 'v', host: {}, logDriverVolumeConfiguration: { driver: 'json-file' } }] }),
      `${FIRST}.volumes[0].logDriverVolumeConfiguration`,
      'VOLUME_KIND',
    ],
    [
      'another log driver',
      definition({ volumes: [{ name: 'v', logDriverVolumeConfiguration: { driver: 'syslog' } }] }),
      `${FIRST}.volumes[0].logDriverVolumeConfiguration.driver`,
      'NOT_ALLOWED',
    ],
    ['a name with a space', daemon({ daemonName: 'my agent' }), 'daemons[0].daemonName', 'DAEMON_NAME'],
    ['no provider', daemon({ capacityProviderArns: [] }), 'daemons[0].capacityProviderArns', 'PROVIDER_COUNT'],
    [
      'a provider twice',
      daemon({ capacityProviderArns: ['managed', 'managed'] }),
      'daemons[0].capacityProviderArns[1]',
      'DUPLICATE',
    ],
    [
      'an unknown provider',
      daemon({ capacityProviderArns: ['manged'] }),
      'daemons[0].capacityProviderArns[0]',
      'CAPACITY_PROVIDER_NOT_FOUND',
    ],
    [
      'Fargate',
      daemon({ capacityProviderArns: ['FARGATE'] }),
      'daemons[0].capacityProviderArns[0]',
      'CAPACITY_PROVIDER_NOT_FOUND',
    ],
    [
      'an unknown definition',
      daemon({ daemonTaskDefinitionArn: 'agent:2' }),
      'daemons[0].daemonTaskDefinitionArn',
      'UNKNOWN_TASK_DEFINITION',
    ],
    [
      'an ordinary definition',
      daemon({ daemonTaskDefinitionArn: 'web:1' }),
      'daemons[0].daemonTaskDefinitionArn',
      'UNKNOWN_TASK_DEFINITION',
    ],
    [
      'a day and a minute of baking',
      daemon({ deploymentConfiguration: { bakeTimeInMinutes: 1441 } }),
      'daemons[0].deploymentConfiguration.bakeTimeInMinutes',
      'OUT_OF_RANGE',
    ],
    [
      'a behaviour of no container',
      { behaviour: { agent: { containers: { x: {} } } } },
      'behaviour["agent"].containers.x',
      'UNKNOWN_CONTAINER',
    ],
  ])('%s', (_, more, path, code) => {
    expect(refusal(more)).toMatchObject({ code, facts: { path } });
  });

  it('more than the schema allows', () => {
    expect(refusal(daemon({ deploymentConfiguration: { drainPercent: 101 } })).message).toContain('drainPercent');
    expect(refusal(daemon({ pace: 1 })).message).toContain('pace');
  });
});

describe('a call goes to', () => {
  const [provider] = managedScenario({}).capacityProviders as Members[];
  const clusters = ['one', 'two'].map((clusterName) => ({ clusterName }));
  const capacityProviders = clusters.map(({ clusterName }) => ({
    ...provider,
    name: `m-${clusterName}`,
    cluster: clusterName,
  }));
  const daemons = clusters.map(({ clusterName }) => ({ ...CREATE, capacityProviderArns: [`m-${clusterName}`] }));
  const clusterOf = (input: Members, more: Members = {}): string | undefined => {
    const events = [{ at: 1, call: 'DeleteDaemon', input, ...more }];
    const parts = { daemonTaskDefinitions: [AGENT], daemons, clusters, capacityProviders, services: [] };
    return parseScenario(managedScenario({ events, more: parts })).events[0]?.cluster;
  };

  it('the cluster of the ARN, else the first one that has the daemon', () => {
    for (const name of ['one', 'two'])
      expect(clusterOf({ daemonArn: `arn:aws:ecs:us-east-1:123456789012:daemon/${name}/agent` })).toBe(name);
    expect(clusterOf({ daemonArn: 'agent' })).toBe('one');
    expect(clusterOf({ daemonArn: 'agent' }, { cluster: 'two' })).toBe('two');
  });

  it('no cluster that there is not', () => {
    const daemonArn = 'arn:aws:ecs:us-east-1:123456789012:daemon/three/agent';
    expect(() => clusterOf({ daemonArn })).toThrow('events[0].input.daemonArn: the scenario has no cluster three');
  });
});

async function refused(call: string, input: Members, more: Members = {}): Promise<string> {
  const { events } = await playDaemon({ events: [{ at: 10, call, input }], more });
  const errors = events.flatMap(({ error }) => (error === undefined ? [] : [`${error.name}: ${error.message}`]));
  return errors.join('\n');
}

const UPDATE = { daemonArn: 'agent', daemonTaskDefinitionArn: 'agent:1', capacityProviderArns: ['managed'] };
const ARN = 'arn:aws:ecs:us-east-1:123456789012:daemon-task-definition/agent:1';

describe('a call is refused for', () => {
  it.each<[string, string, Members, string]>([
    ['a daemon that is there', 'CreateDaemon', CREATE, 'events[0].input.daemonName agent: Creation of daemon was not'],
    ['an unknown daemon', 'UpdateDaemon', { ...UPDATE, daemonArn: 'agnt' }, 'DaemonNotFoundException'],
    ['no daemon', 'DeleteDaemon', {}, 'InvalidParameterException'],
    ['an unknown member', 'DeleteDaemon', { daemonArn: 'agent', force: true }, 'ValidationException'],
    ['an unknown definition', 'UpdateDaemon', { ...UPDATE, daemonTaskDefinitionArn: 'agent:9' }, 'ClientException'],
    ['an unknown definition to delete', 'DeleteDaemonTaskDefinition', { daemonTaskDefinition: 'x' }, 'ClientException'],
    ['a wrong definition', 'RegisterDaemonTaskDefinition', { family: 'agent' }, 'InvalidParameterException'],
    ['RunTask with a definition of a daemon', 'RunTask', { taskDefinition: ARN }, 'ClientException'],
    [
      'a service with one',
      'CreateService',
      { serviceName: 's', taskDefinition: ARN, desiredCount: 1 },
      'ClientException: events[0].input.taskDefinition',
    ],
  ])('%s', async (_, call, input, message) => {
    expect(await refused(call, input)).toContain(message);
  });

  it('an instance that still registers', async () => {
    const input = { containerInstances: ['managed[0]'], status: 'DRAINING' };
    const { events } = await playDaemon({ events: [{ at: 91, call: 'UpdateContainerInstancesState', input }] });
    expect(events.flatMap(({ error }) => error?.message ?? [])).toEqual([
      expect.stringMatching(/^events\[0\]\.input\.containerInstances\[0\]: \w+ is still registering\.$/),
    ]);
  });

  it('a definition that is deleted, while its daemons run on', async () => {
    const { events, summary } = await playDaemon({
      events: [
        { at: 0, call: 'DeleteDaemonTaskDefinition', input: { daemonTaskDefinition: 'agent:1' } },
        { at: 10, call: 'UpdateDaemon', input: UPDATE },
        { at: 20, call: 'RegisterDaemonTaskDefinition', input: AGENT },
        { at: 30, call: 'UpdateDaemon', input: { ...UPDATE, daemonTaskDefinitionArn: 'agent:3' } },
      ],
    });
    expect(events.flatMap(({ error }) => error?.message ?? [])).toEqual([
      'events[1].input.daemonTaskDefinitionArn "agent:1" is no daemon task definition. Did you mean agent:2?',
    ]);
    expect(summary.services[0]).toMatchObject({ runningCount: 1 });
  });
});
