/** A SimulationResult as the page wants it. Called by render; pure, and order of appearance decides every number. */
import type { RecordedEvent, SimulationResult } from '../simulate/result.ts';
import { alarmsOf } from './alarms.ts';
import { type EventColumns, INSTANCE_EVENT, type ReportData, TARGET_EVENT, TASK_EVENT } from './data.ts';
import { clusterOf, lastPart, listOf, type Members, members, textOf } from './members.ts';
import { scalingDetail, scalingSentence } from './scaling-words.ts';
import { Tables } from './tables.ts';

/** Longer inputs of calls are cut: they are shown, not replayed. */
const MOST_DETAIL_CHARACTERS = 4000;

export function condense(result: SimulationResult): ReportData {
  const tables = new Tables();
  for (const { cluster, service } of result.summary.services) tables.group(cluster, `service:${service}`);
  for (const record of listOf(result.scenario.containerInstances)) tables.addInstanceRow(record, true);
  const events: EventColumns = { atMs: [], type: [], group: [], text: [], detail: [], row: [], bad: [] };
  for (const event of result.events) addEvent(events, event, tables);
  const { strings, groups, tasks, instances, taskRows, instanceRows, targetRows } = tables;
  return {
    title: titleOf(result),
    seed: result.seed,
    start: textOf(result.scenario.start),
    summary: result.summary,
    ...{ strings, groups, tasks, instances, taskRows, instanceRows, targetRows },
    events,
    series: result.series,
    alarms: alarmsOf(result.events),
  };
}

/** The scenario's own name, or what runs in it. */
function titleOf({ scenario, summary }: SimulationResult): string {
  const given = textOf(scenario.name) || textOf(scenario.title);
  if (given !== '') return given;
  const names = summary.services.map(({ service }) => service);
  if (names.length === 0) return 'A cluster without services';
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

function addEvent(columns: EventColumns, event: RecordedEvent, tables: Tables): void {
  const detail = members(event.event?.detail);
  const row = rowOf(event, detail, tables);
  const bad = event.error !== undefined || event.fault !== undefined || detail.eventType === 'ERROR';
  columns.atMs.push(event.atMs);
  columns.type.push(tables.text(event.type));
  columns.row.push(row);
  columns.group.push(groupOf(event, row, columns, tables));
  columns.text.push(tables.text(sentence(event, detail)));
  columns.detail.push(tables.text(detailOf(event)));
  columns.bad.push(bad ? 1 : 0);
}

function detailOf(event: RecordedEvent): string {
  return event.input === undefined ? scalingDetail(event) : cut(JSON.stringify(event.input, null, 1));
}

function rowOf(event: RecordedEvent, detail: Members, tables: Tables): number {
  if (event.type === TASK_EVENT) return tables.addTaskRow(detail);
  if (event.type === INSTANCE_EVENT) return tables.addInstanceRow(detail);
  if (event.type !== TARGET_EVENT || !event.target) return -1;
  const { taskArn, health, reason, targetGroupArn, id, port } = event.target;
  const task = tables.taskNumber(taskArn);
  const place = `${id}:${port} in ${targetGroupArn.split('/')[1] ?? targetGroupArn}`;
  return task < 0 ? -1 : tables.addTargetRow(task, health, reason ?? '', place);
}

function groupOf(event: RecordedEvent, row: number, columns: EventColumns, tables: Tables): number {
  if (event.type === TASK_EVENT) return tables.tasks[tables.taskRows.task[row] ?? -1]?.group ?? -1;
  if (event.type === TARGET_EVENT && row >= 0) return tables.tasks[tables.targetRows.task[row] ?? -1]?.group ?? -1;
  if (event.service === undefined) return groupOfCall(event, columns, tables);
  return tables.group(event.cluster ?? clusterOf(serviceArn(event)), `service:${event.service}`);
}

/** The service that a call's input names; a refusal follows its call and belongs where that does. */
function groupOfCall(event: RecordedEvent, columns: EventColumns, tables: Tables): number {
  if (event.type === 'Refusal' && event.call !== undefined) return columns.group.at(-1) ?? -1;
  const { service, serviceName } = members(event.input);
  const name = lastPart(textOf(service) || textOf(serviceName));
  return name === '' ? -1 : tables.findGroup(event.cluster ?? '', `service:${name}`);
}

function serviceArn({ event }: RecordedEvent): string {
  const resources = event?.resources;
  return Array.isArray(resources) ? textOf(resources[0]) : '';
}

/** Tasks, instances and targets are described by the page from their rows. */
function sentence(event: RecordedEvent, detail: Members): string {
  if (event.message !== undefined) return event.message;
  const scaling = scalingSentence(event);
  if (scaling !== undefined) return scaling;
  if (event.invocation)
    return `${event.invocation.ruleName}, target ${event.invocation.targetId}: ${event.invocation.errorMessage}`;
  if (event.traffic) return `${event.traffic.percent}% of traffic on ${event.traffic.deploymentId}`;
  const refusal = event.error ? ` refused: ${event.error.name}: ${event.error.message}` : '';
  if (event.call !== undefined) return `${event.call}${refusal}${event.path === undefined ? '' : ` (${event.path})`}`;
  if (event.fault !== undefined) return `${event.fault}${subjectOf(event.input)}${refusal}`;
  const named = [textOf(detail.eventName), textOf(detail.deploymentId)].filter(Boolean).join(' ');
  return [named, textOf(detail.reason)].filter(Boolean).join(': ');
}

/** The one thing that a fault names, shortened. */
function subjectOf(input: unknown): string {
  const texts = Object.entries(members(input)).filter(([name]) => name !== 'at' && name !== 'fault');
  const found = texts.map(([, value]) => textOf(value)).find((value) => value !== '');
  return found === undefined ? '' : ` ${lastPart(found)}`;
}

function cut(text: string | undefined): string {
  if (text === undefined) return '';
  return text.length > MOST_DETAIL_CHARACTERS ? `${text.slice(0, MOST_DETAIL_CHARACTERS)} ...` : text;
}
