/** All that is known at this moment about a selected task, instance or event. */
import type { Selection } from './bay-plan.ts';
import type { Descriptions } from './describe.ts';
import { element } from './dom.ts';
import { count, memory, shortId } from './format.ts';
import type { Scene } from './picture.ts';

export type Fact = readonly [name: string, value: string];

/** One line for the tooltip, empty for nothing. */
export function wordsFor(scene: Scene, descriptions: Descriptions, { task, instance }: Selection): string {
  if (task >= 0) {
    const facts = new Map(taskFacts(scene, descriptions, task));
    const parts = [
      facts.get('Task definition'),
      shortId(facts.get('ARN') ?? ''),
      facts.get('Status'),
      facts.get('Health'),
    ];
    return parts.filter(Boolean).join(' \u00b7 ');
  }
  if (instance < 0) return '';
  const facts = new Map(instanceFacts(scene, descriptions, instance));
  return [descriptions.instanceName(instance), facts.get('Status'), facts.get('Tasks')]
    .filter(Boolean)
    .join(' \u00b7 ');
}

export function taskFacts(scene: Scene, descriptions: Descriptions, task: number): Fact[] {
  const { data, timeline } = scene;
  const text = (index: number | undefined): string => data.strings[index ?? -1] ?? '';
  const one = data.tasks[task];
  if (!one) return [];
  const row = timeline.taskRow[task] as number;
  const target = timeline.targetRow[task] as number;
  const rows = data.taskRows;
  const group = data.groups[one.group];
  const [status, desired] = [text(rows.status[row]), text(rows.desired[row])];
  const targetWords = [text(data.targetRows.health[target]), text(data.targetRows.reason[target])].filter(Boolean);
  return [
    ['ARN', one.arn],
    [group?.isService ? 'Service' : 'Group', group?.name ?? ''],
    ['Task definition', text(one.definition)],
    ['Status', row < 0 ? 'not there yet' : desired === status ? status : `${status}, shall be ${desired}`],
    ['Container instance', descriptions.instanceName(rows.instance[row] as number)],
    ['Zone', text(rows.zone[row])],
    ['Reserves', `${count(one.cpu)} cpu, ${memory(one.memoryMiB)}`],
    ['Launched on', text(one.launchType)],
    ['Health', text(rows.health[row])],
    ['Target', targetWords.join(', ') + (target < 0 ? '' : ` at ${text(data.targetRows.place[target])}`)],
    ['Reason', text(rows.reason[row])],
  ];
}

export function instanceFacts(scene: Scene, descriptions: Descriptions, instance: number): Fact[] {
  const { data, timeline, conditions } = scene;
  const one = data.instances[instance];
  const row = timeline.instanceRow[instance] as number;
  if (!one) return [];
  const here = tasksOn(scene, instance);
  const sum = (of: 'cpu' | 'memoryMiB'): number =>
    here.reduce((total, task) => total + (data.tasks[task]?.[of] ?? 0), 0);
  const named = new Map<string, number>();
  for (const task of here) {
    const name = data.strings[data.tasks[task]?.definition ?? -1] ?? '';
    named.set(name, (named.get(name) ?? 0) + 1);
  }
  const status = row < 0 ? 'not registered yet' : (data.strings[data.instanceRows.status[row] as number] ?? '');
  const agent = row >= 0 && !conditions.isConnected(row) ? ', agent disconnected' : '';
  const of = (used: string, all: string): string => `${used} of ${all}`;
  return [
    ['ARN', one.arn],
    ['EC2 instance', one.ec2InstanceId === '' ? '' : descriptions.instanceName(instance)],
    ['Type', one.instanceType],
    ['Zone', one.zone],
    ['Status', `${status}${agent}`],
    ['Tasks', here.length === 0 ? 'none' : [...named].map(([name, amount]) => `${amount} \u00d7 ${name}`).join(', ')],
    ['Cpu reserved', row < 0 ? '' : of(count(sum('cpu') + one.otherCpu), count(data.instanceRows.cpu[row] ?? 0))],
    [
      'Memory reserved',
      row < 0 ? '' : of(memory(sum('memoryMiB') + one.otherMemoryMiB), memory(data.instanceRows.memoryMiB[row] ?? 0)),
    ],
  ];
}

function tasksOn({ data, timeline, conditions }: Scene, instance: number): number[] {
  const found: number[] = [];
  timeline.taskRow.forEach((row, task) => {
    if (row >= 0 && data.taskRows.instance[row] === instance && conditions.phase(row) !== 'gone') found.push(task);
  });
  return found;
}

export function factList(facts: readonly Fact[]): HTMLElement {
  const known = facts.filter(([, value]) => value !== '');
  return element('dl', {}, ...known.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]));
}
