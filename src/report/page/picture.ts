/** What lies where at one moment: every bay with its stack, every task without an instance, and the counts. Pure; drawn by draw.ts. */
import type { ReportData } from '../data.ts';
import type { Berths } from './berths.ts';
import type { Conditions } from './condition.ts';
import { type Box, berthBox, type PlanLayout, type QuayLayout } from './layout.ts';
import type { Timeline } from './timeline.ts';

export type Resource = 'memory' | 'cpu';

export interface Bay extends Box {
  readonly instance: number;
  readonly row: number;
  /** Share of the resource that is reserved, 0 to 1. */
  reserved: number;
  tasks: number;
}

export interface Container extends Box {
  readonly task: number;
  readonly row: number;
  readonly isUnhealthy: boolean;
}

export interface Picture {
  readonly bays: readonly Bay[];
  readonly containers: readonly Container[];
  /** Reserved by something else, at the bottom of bays. */
  readonly ballast: readonly Box[];
  /** Tasks on each quay. */
  readonly quayTasks: Int32Array;
  readonly running: number;
  readonly starting: number;
  readonly stopping: number;
  readonly unhealthy: number;
}

export interface Scene {
  readonly data: ReportData;
  readonly timeline: Timeline;
  readonly conditions: Conditions;
  readonly berths: Berths;
}

/** The lowest block that can still be seen and hit. */
const LEAST_BLOCK = 3;

export function largestCapacity({ instanceRows }: ReportData, resource: Resource): number {
  const column = resource === 'memory' ? instanceRows.memoryMiB : instanceRows.cpu;
  return column.reduce((most, value) => Math.max(most, value), 1);
}

/** @param largest see largestCapacity: what a bay of full height holds. */
export function pictureOf(scene: Scene, layout: PlanLayout, resource: Resource, largest: number): Picture {
  const { data, timeline, conditions, berths } = scene;
  const bays: (Bay | undefined)[] = [];
  const ballast: Box[] = [];
  const levels = new Float64Array(data.instances.length);
  for (let instance = 0; instance < data.instances.length; instance++) {
    const row = timeline.instanceRow[instance] as number;
    const quay = layout.quays[berths.instanceQuay[instance] as number];
    if (!quay || !conditions.isPresent(row)) continue;
    const bay = bayOf(scene, quay, instance, row, resource, largest);
    bays[instance] = bay;
    const other = otherShare(scene, instance, row, resource);
    if (other === 0) continue;
    bay.reserved = other;
    levels[instance] = other * bay.height;
    ballast.push({ x: bay.x, y: bay.y + bay.height * (1 - other), width: bay.width, height: bay.height * other });
  }
  const counts = { running: 0, starting: 0, stopping: 0, unhealthy: 0, gone: 0 };
  const quayTasks = new Int32Array(layout.quays.length);
  const containers: Container[] = [];
  for (let task = 0; task < data.tasks.length; task++) {
    const row = timeline.taskRow[task] as number;
    const phase = conditions.phase(row);
    if (phase === 'gone') continue;
    const isUnhealthy = conditions.isUnhealthy(row, timeline.targetRow[task] as number);
    counts[phase] += 1;
    if (isUnhealthy) counts.unhealthy += 1;
    const instance = data.taskRows.instance[row] as number;
    const quay = (instance < 0 ? berths.taskQuay[row] : berths.instanceQuay[instance]) as number;
    const box =
      instance < 0 ? looseBox(scene, layout, row) : stackOn(bays[instance], task, row, scene, resource, levels);
    if (!box || quay < 0) continue;
    quayTasks[quay] = (quayTasks[quay] as number) + 1;
    containers.push({ ...box, task, row, isUnhealthy });
  }
  return { bays: bays.filter((bay) => bay !== undefined), containers, ballast, quayTasks, ...counts };
}

function capacityOf({ data }: Scene, row: number, resource: Resource): number {
  return (resource === 'memory' ? data.instanceRows.memoryMiB[row] : data.instanceRows.cpu[row]) ?? 0;
}

function bayOf(
  scene: Scene,
  quay: QuayLayout,
  instance: number,
  row: number,
  resource: Resource,
  largest: number,
): Bay {
  const full = berthBox(quay, scene.berths.instanceBerth[row] as number);
  const share = Math.max(0.12, Math.min(1, capacityOf(scene, row, resource) / largest));
  const height = full.height * share;
  return { ...full, y: full.y + full.height - height, height, instance, row, reserved: 0, tasks: 0 };
}

function otherShare(scene: Scene, instance: number, row: number, resource: Resource): number {
  const { otherCpu, otherMemoryMiB } = scene.data.instances[instance] as ReportData['instances'][number];
  const capacity = capacityOf(scene, row, resource);
  return capacity === 0 ? 0 : Math.min(1, (resource === 'memory' ? otherMemoryMiB : otherCpu) / capacity);
}

/** The next block of a bay's stack, from the bottom up; `levels` are the heights so far. */
function stackOn(
  bay: Bay | undefined,
  task: number,
  row: number,
  scene: Scene,
  resource: Resource,
  levels: Float64Array,
): Box | undefined {
  const one = scene.data.tasks[task];
  if (!bay || !one) return undefined;
  const capacity = capacityOf(scene, bay.row, resource);
  const share = capacity === 0 ? 0 : (resource === 'memory' ? one.memoryMiB : one.cpu) / capacity;
  bay.reserved += share;
  bay.tasks += 1;
  const level = levels[bay.instance] as number;
  const height = Math.max(LEAST_BLOCK, Math.min(share, 1) * bay.height);
  levels[bay.instance] = level + height;
  const top = Math.max(bay.y, bay.y + bay.height - level - height);
  return row < 0 ? undefined : { x: bay.x, y: top, width: bay.width, height: Math.min(height, bay.height) };
}

function looseBox({ berths }: Scene, layout: PlanLayout, row: number): Box | undefined {
  const quay = layout.quays[berths.taskQuay[row] as number];
  return quay && berthBox(quay, berths.taskBerth[row] as number);
}

/** What lies under a point: a task first, else its bay. */
export function hit(picture: Picture, x: number, y: number): { task: number; instance: number } {
  const inside = (box: Box): boolean => x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
  const container = picture.containers.findLast(inside);
  if (container) return { task: container.task, instance: -1 };
  return {
    task: -1,
    instance: picture.bays.find((bay) => inside({ ...bay, height: bay.height + 18 }))?.instance ?? -1,
  };
}
