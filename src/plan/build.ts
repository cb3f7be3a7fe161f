/**
 * Makes the problem of a service whose update has just been applied and not begun. Called by plan and by fixes. The tasks of
 * the service leave the engine for good, so that the search can put any number of them anywhere; all others stay.
 */
import { isFargate, placementOf, placerOf } from '../cluster/apply/placement.ts';
import { reservation } from '../cluster/describe/task.ts';
import { desiredCountOf } from '../cluster/desired.ts';
import type { ClusterState, DeploymentState, InstanceState, ServiceState, TaskState } from '../cluster/state.ts';
import type { PlacementInput } from '../contract.ts';
import { parseStrategies, SERVICE_DEFAULT } from '../model/strategy.ts';
import type { TaskDefinition } from '../model/task-definition.ts';
import { type Berth, Berths, type Group, phasesFor, stateOf } from './berth.ts';
import { groupsOf } from './groups.ts';
import { type OldKind, OldKinds } from './kinds.ts';
import type { Mode, Problem } from './problem.ts';
import { type Kind, Room } from './room.ts';

/** A problem and what it was made from. */
export interface Built extends Problem {
  readonly room: Room;
  /** Of the new revision; undefined on Fargate. */
  readonly placement: PlacementInput | undefined;
  readonly groups: readonly Group[];
  readonly definition: TaskDefinition;
}

/** The service's tasks as they were, taken out of the engine once. */
export interface Held {
  readonly tasks: readonly TaskState[];
}

export function takeOut(service: ServiceState): Held {
  const tasks = service.deployments.flatMap((one) => [...one.tasks]);
  for (const { placer, instance, desiredStatus } of tasks) {
    if (placer === undefined || instance === undefined || instance.slot < 0) continue;
    const slots = Int32Array.of(instance.slot);
    if (desiredStatus === 'STOPPED') placer.free(slots, 1);
    else placer.release(slots, 1);
  }
  return { tasks };
}

/** The one provider that new tasks come from; 'several' when the split between them would have to be searched too. */
function providerOf({ settings: { capacityProviderStrategy } }: ServiceState): string | undefined | 'several' {
  const names = [...new Set(capacityProviderStrategy.map(({ capacityProvider }) => capacityProvider))];
  if (names.length < 2) return names[0];
  return names.every(isFargate) ? 'FARGATE' : 'several';
}

function modeOf(service: ServiceState, primary: DeploymentState): Mode {
  if (service.settings.schedulingStrategy === 'DAEMON') return 'daemon';
  const { strategy } = primary.settings.deploymentConfiguration;
  const shifts =
    strategy !== 'ROLLING' && primary.rolloutState === 'IN_PROGRESS' && service.lastCompleted !== undefined;
  return shifts ? 'shifting' : 'rolling';
}

function loosely(state: ClusterState, placement: PlacementInput): Kind {
  const { placementConstraints, ...loose } = placement;
  return { loose: placerOf(state, loose) };
}

/**
 * @param instead of the new revision's task definition: for fixes.
 * @returns undefined when the service splits its tasks between capacity providers: that is not searched.
 */
export function build(
  state: ClusterState,
  service: ServiceState,
  { tasks }: Held,
  instead?: TaskDefinition,
): Built | undefined {
  const given = service.deployments[0] as DeploymentState;
  const primary = instead === undefined ? given : { ...given, definition: instead };
  const provider = providerOf(service);
  if (provider === 'several') return undefined;
  const onFargate = isFargate(provider) || (provider === undefined && primary.settings.launchType === 'FARGATE');
  const old = new OldKinds(service, tasks);
  const berths = new Berths(phasesFor(old.list.length, old.wellOf));
  const placement = onFargate ? undefined : placementOf(primary, provider);
  const kinds = old.list.map((one) => kindOf(state, one, tasks));
  const room =
    placement === undefined
      ? new Room(berths.phases, [], NOWHERE)
      : new Room(berths.phases, [...kinds, loosely(state, placement)], placerOf(state, placement));
  const phaseOf = phaser(old, berths);
  const groups = groupsOf(state, tasks, placement);
  const start = startOf(state, tasks, groups, berths, phaseOf).filter((berth) => berth.held > 0 || room.fits(berth));
  return {
    engine: state.engine,
    mode: modeOf(service, given),
    ...boundsOf(state, service),
    berths,
    room,
    strategies: strategiesOf(service),
    demands: [...old.list, primary].map(demandOf),
    start: stateOf(start),
    placement,
    groups,
    definition: primary.definition,
  };
}

/** On Fargate no instance is asked. */
const NOWHERE = {
  place: () => 0,
  placeAt: () => false,
  stop: () => undefined,
  free: () => undefined,
  release: () => undefined,
  victims: () => 0,
};

/** Placed like one of them that is on an instance. */
function kindOf(state: ClusterState, { definition }: OldKind, tasks: readonly TaskState[]): Kind {
  const one = tasks.find(
    (task) => task.definition.taskDefinitionArn === definition.taskDefinitionArn && task.instance !== undefined,
  );
  if (one?.deployment === undefined) return { loose: NOWHERE };
  return loosely(state, placementOf(one.deployment, one.capacityProvider));
}

function boundsOf(state: ClusterState, service: ServiceState): Pick<Problem, 'desiredCount' | 'minimum' | 'maximum'> {
  const { minimumHealthyPercent, maximumPercent } = service.settings.deploymentConfiguration;
  const desiredCount = desiredCountOf(service);
  return { desiredCount, ...state.engine.rolloutBounds({ desiredCount, minimumHealthyPercent, maximumPercent }) };
}

function strategiesOf({ settings }: ServiceState): Problem['strategies'] {
  const given = parseStrategies(settings.placementStrategy, 'placementStrategy');
  return given.length === 0 ? SERVICE_DEFAULT : given;
}

function demandOf({ definition }: Pick<DeploymentState, 'definition'>): Problem['demands'][number] {
  const { cpu, memoryMiB: memory } = reservation({ definition });
  return { cpu, memory };
}

/** In which phase a task is. */
function phaser(old: OldKinds, { phases }: Berths): (task: TaskState) => number {
  return (task) => {
    const isStopping = task.desiredStatus === 'STOPPED';
    const kind = old.of(task);
    if (kind >= 0) return 2 * kind + (isStopping ? 1 : 0);
    return isStopping ? phases.leaving : task.isHealthy ? phases.healthy : phases.starting;
  };
}

function startOf(
  state: ClusterState,
  tasks: readonly TaskState[],
  groups: readonly Group[],
  berths: Berths,
  phaseOf: (task: TaskState) => number,
): Berth[] {
  const countsOf = (own: readonly TaskState[]): number[] => {
    const counts = new Array<number>(berths.phases.width).fill(0);
    for (const task of own) counts[phaseOf(task)] = (counts[phaseOf(task)] ?? 0) + 1;
    return counts;
  };
  return groups.flatMap((group) =>
    group.slots.map((slot) => {
      const instance: InstanceState | undefined = slot < 0 ? undefined : state.slots[slot];
      return berths.of(group, countsOf(tasks.filter((task) => task.instance === instance)));
    }),
  );
}
