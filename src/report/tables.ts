/**
 * Growing tables that condense fills: text once each, tasks, instances and groups by identity, one row a change.
 * Everything is numbered in order of appearance, so one result gives one table.
 */
import type { InstanceRows, ReportGroup, ReportInstance, ReportTask, TargetRows, TaskRows, Text } from './data.ts';
import { amountOf, attributeOf, clusterOf, lastPart, listOf, type Members, resourceOf, textOf } from './members.ts';

export class Tables {
  readonly strings: string[] = [];
  readonly groups: ReportGroup[] = [];
  readonly tasks: ReportTask[] = [];
  readonly instances: ReportInstance[] = [];
  readonly taskRows: TaskRows = { task: [], status: [], desired: [], instance: [], zone: [], health: [], reason: [] };
  readonly instanceRows: InstanceRows = { instance: [], status: [], cpu: [], memoryMiB: [], connected: [] };
  readonly targetRows: TargetRows = { task: [], health: [], reason: [], place: [] };
  readonly #texts = new Map<string, number>();
  readonly #groups = new Map<string, number>();
  readonly #tasks = new Map<string, number>();
  readonly #instances = new Map<string, number>();
  /** Of instances: what a later record leaves out still holds. */
  readonly #lastRows = new Map<number, number>();
  /** Instances that were described, not only named. */
  readonly #recorded = new Set<number>();

  /** Empty text is none. */
  text(value: string): Text {
    if (value === '') return -1;
    const known = this.#texts.get(value);
    if (known !== undefined) return known;
    this.#texts.set(value, this.strings.length);
    return this.strings.push(value) - 1;
  }

  /** @param name as in a task's `group`: `service:web` or `family:job`. */
  group(cluster: string, name: string): number {
    const key = JSON.stringify([cluster, name]);
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    this.#groups.set(key, this.groups.length);
    const isService = name.startsWith('service:');
    return this.groups.push({ cluster, name: isService ? name.slice('service:'.length) : name, isService }) - 1;
  }

  /** Of a group that is known; -1 otherwise. */
  findGroup(cluster: string, name: string): number {
    return this.#groups.get(JSON.stringify([cluster, name])) ?? -1;
  }

  taskNumber(arn: string): number {
    return this.#tasks.get(arn) ?? -1;
  }

  /** Adds the state in a task's detail. @returns the row. */
  addTaskRow(detail: Members): number {
    const rows = this.taskRows;
    const health = textOf(detail.healthStatus) || worstHealth(listOf(detail.containers));
    const arn = textOf(detail.containerInstanceArn);
    rows.status.push(this.text(textOf(detail.lastStatus)));
    rows.desired.push(this.text(textOf(detail.desiredStatus)));
    rows.instance.push(arn === '' ? -1 : this.#instance(arn, {}));
    rows.zone.push(this.text(textOf(detail.availabilityZone)));
    rows.health.push(this.text(health));
    rows.reason.push(this.text([textOf(detail.stopCode), textOf(detail.stoppedReason)].filter(Boolean).join(': ')));
    return rows.task.push(this.#task(detail)) - 1;
  }

  /** Adds the state in an instance's detail or DescribeContainerInstances record. @returns the row. */
  addInstanceRow(record: Members, isInitial = false): number {
    const rows = this.instanceRows;
    const row = rows.instance.length;
    const number = this.#instance(textOf(record.containerInstanceArn) || textOf(record.ec2InstanceId), record);
    if (isInitial) this.instances[number] = { ...(this.instances[number] as ReportInstance), firstRow: row };
    const before = this.#lastRows.get(number) ?? -1;
    this.#lastRows.set(number, row);
    rows.instance.push(number);
    rows.status.push(this.text(textOf(record.status) || 'ACTIVE'));
    rows.cpu.push(resourceOf(record.registeredResources, 'CPU') ?? rows.cpu[before] ?? 0);
    rows.memoryMiB.push(resourceOf(record.registeredResources, 'MEMORY') ?? rows.memoryMiB[before] ?? 0);
    rows.connected.push(record.agentConnected === false ? 0 : 1);
    return row;
  }

  addTargetRow(task: number, health: string, reason: string, place: string): number {
    const rows = this.targetRows;
    rows.health.push(this.text(health));
    rows.reason.push(this.text(reason));
    rows.place.push(this.text(place));
    return rows.task.push(task) - 1;
  }

  #task(detail: Members): number {
    const arn = textOf(detail.taskArn);
    const known = this.#tasks.get(arn);
    if (known !== undefined) return known;
    const containers = listOf(detail.containers);
    const sum = (name: string): number => containers.reduce((total, one) => total + amountOf(one[name]), 0);
    this.#tasks.set(arn, this.tasks.length);
    const cluster = lastPart(textOf(detail.clusterArn)) || clusterOf(arn);
    const definition = lastPart(textOf(detail.taskDefinitionArn));
    return (
      this.tasks.push({
        arn,
        group: this.group(cluster, textOf(detail.group) || `family:${definition.split(':')[0]}`),
        definition: this.text(definition),
        cpu: amountOf(detail.cpu) || sum('cpu'),
        memoryMiB: amountOf(detail.memory) || sum('memory') || sum('memoryReservation'),
        launchType: this.text(textOf(detail.launchType) || textOf(detail.capacityProviderName)),
      }) - 1
    );
  }

  /** A task may name an instance before any record of it: the record fills it in later. */
  #instance(arn: string, record: Members): number {
    const id = textOf(record.ec2InstanceId);
    const known = this.#instances.get(arn) ?? (id === '' ? undefined : this.#instances.get(id));
    const isRecord = textOf(record.containerInstanceArn) !== '' || id !== '';
    if (known !== undefined && (this.#recorded.has(known) || !isRecord)) {
      this.#instances.set(arn, known);
      return known;
    }
    const number = known ?? this.instances.length;
    if (isRecord) this.#recorded.add(number);
    this.instances[number] = {
      arn,
      ec2InstanceId: id,
      cluster: lastPart(textOf(record.clusterArn)) || clusterOf(arn),
      zone: attributeOf(record.attributes, 'ecs.availability-zone'),
      instanceType: attributeOf(record.attributes, 'ecs.instance-type'),
      otherCpu: reservedByOthers(record, 'CPU'),
      otherMemoryMiB: reservedByOthers(record, 'MEMORY'),
      firstRow: -1,
    };
    this.#instances.set(arn, number);
    if (id !== '') this.#instances.set(id, number);
    return number;
  }
}

/** What is not free at first sight although no task of the simulation runs there. */
function reservedByOthers(record: Members, name: string): number {
  const registered = resourceOf(record.registeredResources, name) ?? 0;
  const remaining = resourceOf(record.remainingResources, name) ?? registered;
  return Math.max(0, registered - remaining);
}

function worstHealth(containers: readonly Members[]): string {
  const found = containers.map((one) => textOf(one.healthStatus));
  return found.find((one) => one === 'UNHEALTHY') ?? found.find((one) => one !== '') ?? '';
}
