/** Check: the invariants of the whole table, recomputed from the records. Offered as engine.check(); decides nothing. */
import { MAX_PORTS_PER_INSTANCE } from '../../../assembly/abi.ts';
import { gpusTaken } from '../place/commit.ts';
import { isPortTaken } from '../place/filter.ts';
import type { Instance, State, TaskRecord } from '../state.ts';
import { countOf } from './counts.ts';
import { samePort } from './demand.ts';
import { launchAt } from './tasks.ts';

/** Broken invariants, in words; empty when sound. */
export function check(state: State): string[] {
  return [
    ...checkSlots(state),
    ...state.tasks.flatMap((task) => checkTask(state, task)),
    ...state.instances.flatMap((instance) => checkInstance(state, instance)),
  ];
}

function checkSlots({ instances }: State): string[] {
  const inOrder = instances.every(({ slot }, k) => k === 0 || slot > (instances[k - 1]?.slot ?? 0));
  const ids = new Set(instances.map(({ record }) => record.id));
  return [
    ...(inOrder ? [] : ['instances do not stand in the order of their slots']),
    ...(ids.size === instances.length ? [] : ['an instance stands twice']),
  ];
}

/** A record that is not STOPPED stands with its instance; one that is stands with none. */
function checkTask({ instances }: State, { number, registration, lastStatus, desiredStatus }: TaskRecord): string[] {
  const holders = instances.filter(({ tasks }) => tasks.includes(number));
  const isHeld = holders.length === 1 && holders[0]?.registration === registration;
  const isSound = lastStatus === 'STOPPED' ? holders.length === 0 && desiredStatus === 'STOPPED' : isHeld;
  return isSound ? [] : [`task ${number} is ${lastStatus} and held by ${holders.length} instances`];
}

function checkInstance(state: State, instance: Instance): string[] {
  const name = instance.record.id;
  return Object.entries({ ...amountsOf(state, instance), ...countsOf(state, instance), ...portsOf(state, instance) })
    .filter(([, isSound]) => !isSound)
    .map(([what]) => `${what} of instance ${name} is unsound`);
}

/** What is taken lies within what is registered, and covers what the records hold. */
function amountsOf(state: State, instance: Instance): Record<string, boolean> {
  const demands = recordsOf(state, instance).map((task) => launchAt(state, task.launch).demand);
  const held = (amount: (demand: (typeof demands)[number]) => number): number =>
    demands.reduce((total, demand) => total + amount(demand), 0);
  const { cpu, memoryMiB, gpuIds } = instance.record.registered;
  const covers = (registered: number, remaining: number, needed: number): boolean =>
    remaining >= 0 && remaining <= registered && registered - remaining >= needed;
  return {
    cpu: covers(
      cpu,
      instance.remainingCpu,
      held((demand) => demand.cpu),
    ),
    memory: covers(
      memoryMiB,
      instance.remainingMemoryMiB,
      held((demand) => demand.memoryMiB),
    ),
    gpus: covers(
      gpuIds.length,
      instance.remainingGpus,
      held((demand) => gpusTaken(instance, demand)),
    ),
    enis:
      instance.enisTaken >= held(({ enis }) => enis) &&
      instance.enisTaken <= (instance.eniLimit ?? Number.POSITIVE_INFINITY),
  };
}

function recordsOf(state: State, instance: Instance): TaskRecord[] {
  return state.tasks.filter(({ number }) => instance.tasks.includes(number));
}

function countsOf(state: State, instance: Instance): Record<string, boolean> {
  const active = recordsOf(state, instance).filter(({ desiredStatus }) => desiredStatus === 'RUNNING');
  const groups = active.map((task) => launchAt(state, task.launch).placement.group);
  return {
    runningTasksCount: instance.runningTasks >= active.length,
    'task count': instance.groups.every(({ count }) => count >= 1),
    'group count': groups.every(
      (group) => countOf(instance, group) >= groups.filter((other) => other === group).length,
    ),
  };
}

function portsOf(state: State, instance: Instance): Record<string, boolean> {
  const { portsTaken } = instance;
  const records = recordsOf(state, instance);
  const statics = records.flatMap((task) => launchAt(state, task.launch).demand.ports);
  const dynamics = records.flatMap(({ allocation }) => allocation.dynamicPorts);
  const isAlone = (port: (typeof portsTaken)[number], among: typeof portsTaken): boolean =>
    among.filter((other) => samePort(other, port)).length === 1;
  const registered = instance.record.remaining.ports.length + instance.record.remaining.portsUdp.length;
  return {
    'a host port': portsTaken.every((port) => isAlone(port, portsTaken)),
    'a static port': statics.every((port) => isPortTaken(instance, port) && isAlone(port, statics)),
    'a dynamic port': dynamics.every((port) => isAlone(port, dynamics)),
    'the number of ports': portsTaken.length <= Math.max(registered, MAX_PORTS_PER_INSTANCE),
  };
}
