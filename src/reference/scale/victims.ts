/**
 * Victims: which tasks of a service stop first on scale-in. By rank, then tasks without an instance, then by the reverse
 * of the request's strategies, then the newest (docs/fidelity.md). One by one: each choice sees the ones before it.
 */
import type { Strategy } from '../../model/strategy.ts';
import { attributeOf } from '../place/filter.ts';
import { below } from '../random/random.ts';
import type { Instance, Request, State } from '../state.ts';
import { countOf } from '../table/counts.ts';

export interface RunningTask {
  /** Position in the list of the call: the larger is the newer. */
  readonly index: number;
  readonly rank: number;
  /** Absent when the task has none. */
  readonly instance: Instance | undefined;
}

interface Choice {
  readonly state: State;
  readonly request: Request;
  /** Those chosen so far: they count no more, and their resources are back. */
  readonly chosen: readonly RunningTask[];
}

/** The tasks in the order in which they stop, at most `count`. Only the generator changes. */
export function victims(state: State, request: Request, tasks: readonly RunningTask[], count: number): RunningTask[] {
  const chosen: RunningTask[] = [];
  let left = tasks;
  while (chosen.length < count && left.length > 0) {
    const victim = next(left, { state, request, chosen });
    chosen.push(victim);
    left = left.filter((task) => task !== victim);
  }
  return chosen;
}

function next(left: readonly RunningTask[], choice: Choice): RunningTask {
  const first = keepMost(left, ({ rank }) => -rank);
  const homeless = first.filter(({ instance }) => instance === undefined);
  if (homeless.length > 0) return newest(homeless);
  let kept = first;
  for (const strategy of choice.request.placement.strategies) {
    if (strategy.type === 'random') {
      return kept[below(choice.state.random, kept.length)] as RunningTask;
    }
    const key = keyOf(strategy, choice);
    kept = keepMost(kept, ({ instance }) => key(instance as Instance));
  }
  return newest(kept);
}

function newest(tasks: readonly RunningTask[]): RunningTask {
  return [...tasks].sort((a, b) => b.index - a.index)[0] as RunningTask;
}

function keepMost(tasks: readonly RunningTask[], key: (task: RunningTask) => number): readonly RunningTask[] {
  const keys = tasks.map(key);
  const most = keys.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return tasks.filter((_, k) => keys[k] === most);
}

/** By what a strategy compares instances: the one with the largest key loses a task first. */
function keyOf(strategy: Exclude<Strategy, { type: 'random' }>, choice: Choice): (instance: Instance) => number {
  if (strategy.type === 'binpack') return (instance) => remainingAfter(instance, strategy.field, choice);
  if (strategy.field === 'instanceId') return (instance) => tasksOn(instance, choice);
  return tasksInDomain(strategy.attribute, choice);
}

function chosenOn(instance: Instance, { chosen }: Choice): number {
  return chosen.filter((task) => task.instance === instance).length;
}

/** Tasks of the group there, without those chosen. */
function tasksOn(instance: Instance, choice: Choice): number {
  return countOf(instance, choice.request.placement.group) - chosenOn(instance, choice);
}

/** What is left there of a resource once one more task is gone. */
function remainingAfter(instance: Instance, field: 'cpu' | 'memory', choice: Choice): number {
  const { demand } = choice.request;
  const gone = chosenOn(instance, choice) + 1;
  return field === 'cpu'
    ? instance.remainingCpu + gone * demand.cpu
    : instance.remainingMemoryMiB + gone * demand.memoryMiB;
}

/** Instances that lack the attribute, which placement fills last, lose their tasks first. */
function tasksInDomain(attribute: string, choice: Choice): (instance: Instance) => number {
  const counts = new Map<string | undefined, number>();
  for (const instance of choice.state.instances) {
    const own = attributeOf(instance, attribute);
    if (own !== undefined) counts.set(own.value, (counts.get(own.value) ?? 0) + tasksOn(instance, choice));
  }
  return (instance) => {
    const own = attributeOf(instance, attribute);
    return own === undefined ? Number.POSITIVE_INFINITY : (counts.get(own.value) as number);
  };
}
