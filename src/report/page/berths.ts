/**
 * Where each instance, and each task without one, lies in the drawing: a berth in its zone, the lowest that is free when it
 * arrives, its own until it leaves. Worked out once over all events, so nothing jumps when time does.
 */
import type { ReportData } from '../data.ts';
import type { Conditions } from './condition.ts';
import type { Timeline } from './timeline.ts';

export type BerthKind = 'instances' | 'fargate' | 'waiting';

export interface Quay {
  readonly cluster: string;
  /** Empty for tasks that wait. */
  readonly zone: string;
  readonly kind: BerthKind;
  /** The most that lay here at once. */
  size: number;
}

export interface Berths {
  /** By cluster, then instances, Fargate and waiting ones, then by zone. */
  readonly quays: readonly Quay[];
  /** By instance; -1 when never seen. */
  readonly instanceQuay: Int32Array;
  /** By row of instanceRows; -1 when gone. */
  readonly instanceBerth: Int32Array;
  /** By row of taskRows: -1 when on an instance or gone. */
  readonly taskQuay: Int32Array;
  readonly taskBerth: Int32Array;
}

class Allocation {
  readonly quays: Quay[] = [];
  readonly #taken: Set<number>[] = [];
  readonly #numbers = new Map<string, number>();

  quay(cluster: string, zone: string, kind: BerthKind): number {
    const key = JSON.stringify([cluster, kind, zone]);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.quays.length);
    this.#taken.push(new Set());
    return this.quays.push({ cluster, zone, kind, size: 0 }) - 1;
  }

  take(quay: number): number {
    const taken = this.#taken[quay] as Set<number>;
    let berth = 0;
    while (taken.has(berth)) berth++;
    taken.add(berth);
    const one = this.quays[quay] as Quay;
    one.size = Math.max(one.size, berth + 1);
    return berth;
  }

  leave(quay: number, berth: number): void {
    this.#taken[quay]?.delete(berth);
  }
}

/** Leaves the timeline before its first event. */
export function assignBerths(data: ReportData, timeline: Timeline, conditions: Conditions): Berths {
  const allocation = new Allocation();
  const none = (length: number): Int32Array => new Int32Array(length).fill(-1);
  const berths = {
    instanceQuay: none(data.instances.length),
    instanceBerth: none(data.instanceRows.instance.length),
    taskQuay: none(data.taskRows.task.length),
    taskBerth: none(data.taskRows.task.length),
  };
  const moor = (instance: number, row: number, before: number): void => {
    const { cluster, zone } = data.instances[instance] as ReportData['instances'][number];
    const quay = allocation.quay(cluster, zone, 'instances');
    berths.instanceQuay[instance] = quay;
    const berth = before < 0 ? -1 : (berths.instanceBerth[before] as number);
    if (conditions.isPresent(row)) berths.instanceBerth[row] = berth < 0 ? allocation.take(quay) : berth;
    else if (berth >= 0) allocation.leave(quay, berth);
  };
  timeline.seek(-1);
  data.instances.forEach((one, instance) => {
    if (one.firstRow >= 0) moor(instance, one.firstRow, -1);
  });
  for (let event = 0; event < timeline.length; event++) {
    const row = data.events.row[event] as number;
    const instance = timeline.instanceOf(event);
    if (instance >= 0) moor(instance, row, timeline.rowBefore(event));
    else if (timeline.isTaskChange(event))
      layTask(data, allocation, berths, row, timeline.rowBefore(event), conditions);
  }
  return { ...berths, ...sorted(allocation.quays, berths) };
}

type Places = Pick<Berths, 'taskQuay' | 'taskBerth'>;

function layTask(
  data: ReportData,
  allocation: Allocation,
  berths: Places,
  row: number,
  before: number,
  conditions: Conditions,
): void {
  const old = before < 0 ? -1 : (berths.taskQuay[before] as number);
  const quay = quayOfTask(data, allocation, row, conditions);
  if (old === quay && quay >= 0) berths.taskBerth[row] = berths.taskBerth[before] as number;
  else {
    if (old >= 0) allocation.leave(old, berths.taskBerth[before] as number);
    if (quay >= 0) berths.taskBerth[row] = allocation.take(quay);
  }
  berths.taskQuay[row] = quay;
}

function quayOfTask(data: ReportData, allocation: Allocation, row: number, conditions: Conditions): number {
  const { taskRows, tasks, groups, strings } = data;
  if (row < 0 || conditions.phase(row) === 'gone' || (taskRows.instance[row] as number) >= 0) return -1;
  const task = tasks[taskRows.task[row] as number];
  const cluster = groups[task?.group ?? -1]?.cluster ?? '';
  const zone = strings[taskRows.zone[row] as number] ?? '';
  const launchType = strings[task?.launchType ?? -1] ?? '';
  const isFargate = launchType.startsWith('FARGATE');
  return allocation.quay(cluster, isFargate ? zone : '', isFargate && zone !== '' ? 'fargate' : 'waiting');
}

const ORDER: readonly BerthKind[] = ['instances', 'fargate', 'waiting'];

/** Quays in the order they are drawn, and every reference to them changed. */
function sorted(quays: readonly Quay[], berths: Omit<Berths, 'quays'>): Pick<Berths, 'quays'> {
  const order = quays
    .map((quay, number) => ({ quay, number }))
    .sort(
      (a, b) =>
        compare(a.quay.cluster, b.quay.cluster) ||
        ORDER.indexOf(a.quay.kind) - ORDER.indexOf(b.quay.kind) ||
        compare(a.quay.zone, b.quay.zone),
    );
  const place = new Int32Array(quays.length);
  order.forEach(({ number }, k) => {
    place[number] = k;
  });
  for (const column of [berths.instanceQuay, berths.taskQuay]) {
    for (let k = 0; k < column.length; k++)
      if ((column[k] as number) >= 0) column[k] = place[column[k] as number] ?? -1;
  }
  return { quays: order.map(({ quay }) => quay) };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
