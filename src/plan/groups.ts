/** Instances that are alike, so that which of them something happens on makes no difference. Called by build and fixes. */
import type { ClusterState, InstanceState, TaskState } from '../cluster/state.ts';
import type { PlacementInput } from '../contract.ts';
import type { Explanation } from '../explain/explanation.ts';
import type { ContainerInstance } from '../model/container-instance.ts';
import type { Group } from './berth.ts';

type Gates = Explanation['instances'][number]['gates'];

/** Tasks without an instance: all together, where there is always room. */
const ELSEWHERE: Omit<Group, 'number'> = {
  slots: [-1],
  attributes: new Map(),
  remaining: { cpu: 0, memory: 0 },
  belongs: false,
  isSilent: false,
};

export function describe(state: ClusterState, { arn }: InstanceState): ContainerInstance {
  return state.engine.describeContainerInstances({ containerInstances: [arn] }).containerInstances[0] ?? {};
}

/** Everything that any gate or strategy can look at. */
function keyFor(
  instance: InstanceState,
  described: ContainerInstance,
  gates: Gates,
  placement: PlacementInput,
): string {
  const others = [...instance.tasks].map(({ group, definition }) => [group, definition.taskDefinitionArn]);
  const byId = JSON.stringify(placement.placementConstraints ?? '').includes('nstanceId');
  return JSON.stringify([
    instance.status,
    instance.agentConnected,
    described.attributes,
    described.remainingResources,
    described.registeredResources,
    described.capacityProviderName,
    described.runningTasksCount,
    gates.map(({ gate, passed }) => [gate, passed]),
    others.map((pair) => pair.join()).sort(),
    byId ? instance.id : '',
  ]);
}

export function groupFor(number: number, slots: readonly number[], described: ContainerInstance, gates: Gates): Group {
  const left = (name: string): number =>
    described.remainingResources?.find((one) => one.name === name)?.integerValue ?? 0;
  return {
    number,
    slots,
    attributes: new Map((described.attributes ?? []).map(({ name = '', value }) => [name, value])),
    remaining: { cpu: left('CPU'), memory: left('MEMORY') },
    belongs: gates.every(({ passed, gate }) => passed || gate.startsWith('RESOURCE:')),
    isSilent: described.agentConnected === false,
  };
}

/** @param tasks of the service: they make no instance different. @param placement undefined on Fargate. */
export function groupsOf(
  state: ClusterState,
  tasks: readonly TaskState[],
  placement: PlacementInput | undefined,
): Group[] {
  const groups: Group[] = [];
  const isElsewhere = placement === undefined || tasks.some(({ instance }) => instance === undefined);
  if (isElsewhere) groups.push({ number: 0, ...ELSEWHERE });
  if (placement === undefined) return groups;
  const own = new Set(tasks);
  const gatesOf = new Map(
    state.engine.explain(placement).instances.map((one) => [one.containerInstanceArn, one.gates]),
  );
  const byKey = new Map<string, { slots: number[]; described: ContainerInstance; gates: Gates }>();
  for (const instance of state.instances.values()) {
    const described = describe(state, instance);
    const gates = gatesOf.get(instance.arn) ?? [];
    const others = { ...instance, tasks: new Set([...instance.tasks].filter((task) => !own.has(task))) };
    const key = keyFor(others, described, gates, placement);
    const alike = byKey.get(key);
    if (alike === undefined) byKey.set(key, { slots: [instance.slot], described, gates });
    else alike.slots.push(instance.slot);
  }
  for (const { slots, described, gates } of byKey.values())
    groups.push(groupFor(groups.length, slots, described, gates));
  return groups;
}
