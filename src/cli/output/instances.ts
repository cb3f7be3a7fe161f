/** Instances as reports show them. */
import type { Engine } from '../../contract.ts';
import type { ContainerInstance } from '../../model/container-instance.ts';
import type { Column } from './text.ts';
import { number } from './text.ts';

export interface InstanceRow {
  readonly arn: string;
  readonly id: string;
  readonly zone: string;
  readonly type: string;
  readonly status: string;
  readonly agentConnected: boolean;
  readonly runningTasks: number;
  readonly cpuLeft: number;
  readonly cpu: number;
  readonly memoryLeft: number;
  readonly memory: number;
}

type Resources = ContainerInstance['remainingResources'];

function amount(resources: Resources, name: string): number {
  const resource = resources?.find((candidate) => candidate.name === name);
  return resource?.integerValue || resource?.longValue || resource?.doubleValue || 0;
}

function toRow(instance: ContainerInstance): InstanceRow {
  const { containerInstanceArn: arn = '', attributes, registeredResources, remainingResources } = instance;
  const attribute = (name: string): string => attributes?.find((candidate) => candidate.name === name)?.value ?? '';
  return {
    arn,
    id: arn.slice(arn.lastIndexOf('/') + 1),
    zone: attribute('ecs.availability-zone'),
    type: attribute('ecs.instance-type'),
    status: instance.status ?? '',
    agentConnected: instance.agentConnected ?? false,
    runningTasks: instance.runningTasksCount ?? 0,
    cpuLeft: amount(remainingResources, 'CPU'),
    cpu: amount(registeredResources, 'CPU'),
    memoryLeft: amount(remainingResources, 'MEMORY'),
    memory: amount(registeredResources, 'MEMORY'),
  };
}

/** Instances are described in parts, so that a large cluster is not held twice. */
const PART = 1000;

/** Every instance, in registration order. */
export function describeAll(engine: Engine): InstanceRow[] {
  const rows: InstanceRow[] = [];
  const { instances } = engine.stats();
  for (let from = 0; from < instances; from += PART) {
    const length = Math.min(PART, instances - from);
    const arns = Array.from({ length }, (_, k) => engine.containerInstanceArn(from + k));
    rows.push(...engine.describeContainerInstances({ containerInstances: arns }).containerInstances.map(toRow));
  }
  return rows;
}

export const instanceColumns: readonly Column<InstanceRow>[] = [
  { title: 'INSTANCE', cell: ({ id }) => id },
  { title: 'TYPE', cell: ({ type }) => type },
  { title: 'ZONE', cell: ({ zone }) => zone },
];

export const leftColumns: readonly Column<InstanceRow>[] = [
  { title: 'CPU LEFT', right: true, cell: ({ cpuLeft, cpu }) => `${number(cpuLeft)} of ${number(cpu)}` },
  { title: 'MIB LEFT', right: true, cell: ({ memoryLeft, memory }) => `${number(memoryLeft)} of ${number(memory)}` },
];
