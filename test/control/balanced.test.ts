/** A service behind a load balancer, from its first task to the end of a rolling update: what is told, and in what order. */
import { describe, expect, it } from 'vitest';
import { createAgents } from '../../src/agent/tick.ts';
import { registerInstances } from '../../src/cluster/apply/instances.ts';
import { apply } from '../../src/cluster/apply.ts';
import { createCluster } from '../../src/cluster/create.ts';
import { messageOf } from '../../src/cluster/service-events.ts';
import type { ClusterState } from '../../src/cluster/state.ts';
import { reconcile } from '../../src/control/reconcile.ts';
import { createEngine } from '../../src/create-engine.ts';
import { targetGroup } from '../traffic/scene.ts';

const context = { region: 'us-east-1', account: '123456789012', cluster: 'default' };
const DELAY_SECONDS = 20;

async function balancedService(): Promise<{ state: ClusterState; playUntil: (untilMs: number) => void }> {
  const engine = await createEngine({ ...context, seed: 1, engine: 'reference' });
  const settings = { targetType: 'instance', deregistrationDelaySeconds: DELAY_SECONDS } as const;
  const state = createCluster({
    engine,
    context,
    seed: 1,
    startEpochMs: 0,
    targetGroups: [targetGroup('web', settings)],
  });
  const containerDefinitions = [{ name: 'app', image: 'app', memory: 128, portMappings: [{ containerPort: 80 }] }];
  for (let k = 0; k < 2; k++)
    engine.registerTaskDefinition({ family: 'web', networkMode: 'bridge', containerDefinitions });
  registerInstances(state, [
    {
      containerInstanceArn: 'arn:aws:ecs:us-east-1:123456789012:container-instance/default/one',
      ec2InstanceId: 'i-1',
      registeredResources: [
        { name: 'CPU', type: 'INTEGER', integerValue: 2048 },
        { name: 'MEMORY', type: 'INTEGER', integerValue: 4096 },
      ],
    },
  ]);
  const agents = createAgents(1, new Map());
  const playUntil = (untilMs: number): void => {
    reconcile(state, agents);
    while (state.timers.nextMs <= untilMs) {
      state.nowMs = state.timers.nextMs;
      for (const command of state.timers.take()) apply(state, command);
      reconcile(state, agents);
    }
    state.nowMs = untilMs;
  };
  return { state, playUntil };
}

/** Oldest first, with the time; ids of tasks and revisions by order of appearance. */
function told(state: ClusterState): string[] {
  const names = new Map<string, string>();
  const short = (id: string, kind: string): string => {
    const known = names.get(id) ?? `${kind}${[...names.values()].filter((name) => name.startsWith(kind)).length + 1}`;
    names.set(id, known);
    return known;
  };
  return (state.services.get('web')?.events ?? []).map((event) => {
    const plain = messageOf(event).replace(/[0-9a-f]{32}/g, (id) => short(id, 'T'));
    return `${event.createdAtMs} ${plain.replace(/ecs-svc\/\d+/g, (id) => short(id, 'D'))}`;
  });
}

const loadBalancers = [{ targetGroupArn: 'arn:web', containerName: 'app', containerPort: 80 }];

describe('a service behind a load balancer', () => {
  it('tells of a rolling update as recorded services do', async () => {
    const { state, playUntil } = await balancedService();
    const create = { serviceName: 'web', taskDefinition: 'web:1', desiredCount: 1, loadBalancers };
    apply(state, { type: 'Call', call: 'CreateService', input: create });
    playUntil(600_000);
    apply(state, { type: 'Call', call: 'UpdateService', input: { service: 'web', taskDefinition: 'web:2' } });
    playUntil(1_200_000);
    expect(told(state)).toMatchInlineSnapshot(`
      [
        "0 (service web) has started 1 tasks: (task T1).",
        "5000 (service web) registered 1 targets in (target-group arn:web)",
        "10000 (service web) (deployment D1) deployment completed.",
        "10000 (service web) has reached a steady state.",
        "600000 (service web) has started 1 tasks: (task T2).",
        "605000 (service web) registered 1 targets in (target-group arn:web)",
        "610000 (service web) has stopped 1 running tasks: (task T1).",
        "610000 (service web) deregistered 1 targets in (target-group arn:web)",
        "610000 (service web, taskSet D1) has begun draining connections on 1 tasks.",
        "631000 (service web) (deployment D2) deployment completed.",
        "631000 (service web) has reached a steady state.",
      ]
    `);
  });

  it('replaces a task that died, whose target does not drain', async () => {
    const { state, playUntil } = await balancedService();
    const create = { serviceName: 'web', taskDefinition: 'web:1', desiredCount: 1, loadBalancers };
    apply(state, { type: 'Call', call: 'CreateService', input: create });
    playUntil(600_000);
    apply(state, { type: 'Fault', fault: 'killTask', input: { task: 'web[0]' } });
    playUntil(1_200_000);
    expect(told(state).slice(4)).toMatchInlineSnapshot(`
      [
        "600000 (service web) deregistered 1 targets in (target-group arn:web)",
        "600000 (service web, taskSet D1) has begun draining connections on 1 tasks.",
        "600000 (service web) has started 1 tasks: (task T2).",
        "605000 (service web) registered 1 targets in (target-group arn:web)",
        "610000 (service web) has reached a steady state.",
      ]
    `);
    const [target, ...others] = state.targetGroups.get('arn:web')?.targets ?? [];
    expect(target).toMatchObject({ id: 'i-1', health: 'healthy' });
    expect(others).toEqual([]);
  });
});
